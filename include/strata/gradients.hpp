#pragma once
/// The lower step of training, below `fit`: gradients with respect to chosen parameters and to the input, two networks
/// under one loss, an optimiser in one's own hands. <strata/strata.hpp> does not include it.
#include <strata/train/gradients/gradients.hpp>
#include <strata/train/optimiser.hpp>
