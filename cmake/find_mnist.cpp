/// Prints the folder in which the examples find MNIST; exits with 1 if there is none (download_mnist.cmake then fetches
/// it).
#include <cstdio>
#include <cstdlib>
#include <strata/data/readers/mnist.hpp>

int main() {
#if defined(STRATA_DATA_DIR) // as examples/arguments.hpp
    ::setenv("STRATA_DATA", STRATA_DATA_DIR, 0);
#endif
    const std::string folder = strata::data::find_mnist();
    std::puts(folder.c_str());
    return folder.empty() ? 1 : 0;
}
