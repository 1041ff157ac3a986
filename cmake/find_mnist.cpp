/// Prints the folder in which the library finds MNIST; ends with 1 where it finds none (then download_mnist.cmake fetches it).
#include <cstdio>
#include <strata/data/mnist.hpp>

int main() {
    const std::string folder = strata::data::find_mnist();
    std::puts(folder.c_str());
    return folder.empty() ? 1 : 0;
}
