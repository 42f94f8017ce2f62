"""Every line routed in space: orthogonal, clear of everything, negotiated so that order does not decide."""
