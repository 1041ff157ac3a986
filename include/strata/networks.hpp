#pragma once
/// Networks of the literature, strata::networks::resnet50<Classes, Input> and others. Not part of <strata/strata.hpp>.
#include <strata/cpu/sequence_kernels.hpp>
#include <strata/cpu/vision_kernels.hpp>
#include <strata/networks/alexnet.hpp>
#include <strata/networks/autoencoder.hpp>
#include <strata/networks/convnext_tiny.hpp>
#include <strata/networks/dcgan.hpp>
#include <strata/networks/densenet.hpp>
#include <strata/networks/efficientnet_b0.hpp>
#include <strata/networks/googlenet.hpp>
#include <strata/networks/mobilenet_v2.hpp>
#include <strata/networks/resnet.hpp>
#include <strata/networks/resnet_cifar.hpp>
#include <strata/networks/squeezenet.hpp>
#include <strata/networks/unet.hpp>
#include <strata/networks/vgg.hpp>

#include <strata/sequences.hpp> // for the kernels of their layers
#include <strata/vision.hpp>
