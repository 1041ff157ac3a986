/// Prints the folder in which the library finds MNIST; exits with 1 if there is none (download_mnist.cmake then fetches
/// it).
#include <cstdio>
#include <strata/data/mnist.hpp>

int main() {
    const std::string folder = strata::data::find_mnist();
    std::puts(folder.c_str());
    return folder.empty() ? 1 : 0;
}
