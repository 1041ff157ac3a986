#pragma once
// A network on a GPU as plain C++ sees it: a class without CUDA. It is defined in classifier.cu, the only file
// that nvcc compiles.
#include <memory>
#include <span>
#include <string>
#include <vector>

// [declaration]
class classifier {
  public:
    /// Loads a model's file onto the GPU. Errors: strata::device_error, strata::file_error.
    explicit classifier(const std::string& file);
    ~classifier();
    /// Ten scores for each image of 28 x 28 numbers.
    [[nodiscard]] std::vector<float> operator()(std::span<const float> images) const;

  private:
    struct on_gpu;
    std::unique_ptr<on_gpu> net_;
};
// [/declaration]
