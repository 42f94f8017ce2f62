"""Files that a plant is delivered as: PCF, material take-off, lists."""
