/// The same on a GPU, through strata::cuda. Where there is none, that is said, and the program has still been compiled
/// and linked.
#include <strata/cuda.hpp>
#include <strata/strata.hpp>

struct consumer : strata::network<strata::features<4>, strata::dense<3>, strata::relu, strata::dense<1>> {};

int main() {
    try {
        const strata::model<consumer, strata::gpu> net;
        std::printf("on a GPU: %g\n", static_cast<double>(net(std::vector<float>{1, 2, 3, 4})[0]));
    } catch (const strata::device_error& e) {
        std::printf("%s\n", e.what());
    }
    return 0;
}
