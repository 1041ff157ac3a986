#include "classifier.hpp"

#include "lenet5.hpp"

#include <strata/cuda.hpp>

struct classifier::on_gpu {
    strata::model<lenet5, strata::gpu> net;
};

classifier::classifier(const std::string& file) : net_(std::make_unique<on_gpu>()) { net_->net.load(file); }
classifier::~classifier() = default;
std::vector<float> classifier::operator()(std::span<const float> images) const { return net_->net(images); }
