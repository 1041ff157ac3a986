#pragma once
/// Parts of networks and networks with new parts:
///   first_layers, layers_between, replaced, and the words from, until, after, through for where to cut.
/// What copies the parameters is net.take(whole), which is here as well.
#include <strata/layers/structure/cuts.hpp>
#include <strata/layers/structure/layers_between.hpp>
#include <strata/layers/structure/replaced.hpp>
#include <strata/model/first_layers.hpp>
#include <strata/model/take.hpp>
