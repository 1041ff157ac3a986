// The program of docs/embedding.md: compiled with -fno-exceptions -fno-rtti, it opens no file.
// [device]
#include <strata/inference.hpp>

#include <array>
#include <cstdio>

#include "network.hpp"
#include "weights.hpp" // strata-embed net.safetensors > weights.hpp

class effect {
  public:
    // Once, before the real-time loop: the weights are copied into the model's own layout, and the samples in the file
    // are run. False, and the reason printed, where anything is wrong: the host process goes on.
    bool prepare() {
        const strata::load_result loaded = net_.try_load(net_weights);
        if (!loaded) std::fprintf(stderr, "%s\n", loaded.error().c_str());
        return static_cast<bool>(loaded);
    }
    // In the loop: no allocation, no lock, no exception.
    void process(const float* in, float* out) noexcept { net_.run(in, out, space_); }

  private:
    strata::model<net_type> net_{};
    strata::workspace<float> space_ = net_.make_workspace();
};

int main() {
    effect e;
    if (!e.prepare()) return 1;
    const std::array<float, 4> x{1000, 0, 0, 5};
    std::array<float, 2> y{};
    e.process(x.data(), y.data());
    std::printf("%.3f %.3f\n", static_cast<double>(y[0]), static_cast<double>(y[1]));
}
// [/device]
