"""Every line routed in space: orthogonal, clear of everything, negotiated so that order does not decide.

`route.route` and `route.reroute` are the ways in; `clash.clashes` judges any routing without the router's
code.
"""
