// MNIST, where it is found, and the drawn digits that stand in for it.
#include "files.hpp"
#include <cmath>
#include <strata/data/readers/drawn_digits.hpp>
#include <strata/data/readers/mnist.hpp>

namespace data = strata::data;
using strata::seed;
using strata_tests::message_of;
using strata_tests::says;
using strata_tests::temporary_folder;

namespace {

std::vector<int> labels_of(const data::in_memory<>& set) {
    std::vector<float> x(784);
    std::vector<int> labels(set.size());
    data::class_index label;
    for (std::size_t i = 0; i < set.size(); ++i) {
        set.read(i, {}, x, label);
        labels[i] = label.value;
    }
    return labels;
}
std::vector<int> counts_of(const std::vector<int>& labels) {
    std::vector<int> counts(10, 0);
    for (const int label : labels) ++counts.at(static_cast<std::size_t>(label));
    return counts;
}
/// The mean of the stored pixels, 0 … 255, from the scaled ones.
double mean_pixel(const data::in_memory<>& set) {
    std::vector<float> x(784);
    data::class_index label;
    double sum = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        set.read(i, {}, x, label);
        for (const float v : x) sum += std::round((static_cast<double>(v) * 0.3081 + 0.1307) * 255);
    }
    return sum / static_cast<double>(set.size() * 784);
}

/// Sets an environment variable and puts it back.
class environment {
  public:
    environment(const char* name, const std::string& value) : name_(name) {
        if (const char* old = std::getenv(name)) old_ = old, had_ = true;
        ::setenv(name, value.c_str(), 1);
    }
    ~environment() { had_ ? ::setenv(name_, old_.c_str(), 1) : ::unsetenv(name_); }
    environment(const environment&) = delete;
    environment& operator=(const environment&) = delete;

  private:
    const char* name_;
    std::string old_;
    bool had_ = false;
};

/// Four small files that have MNIST's form.
void write_small_mnist(const std::string& where, const temporary_folder& folder) {
    const std::string pixels(2 * 784, '\x80');
    const std::string images = std::string("\0\0\10\3\0\0\0\2\0\0\0\34\0\0\0\34", 16) + pixels;
    const std::string labels = std::string("\0\0\10\1\0\0\0\2\3\4", 10);
    for (const char* name : data::mnist_files)
        (void)folder.file(where + name, std::string(name).find("images") != std::string::npos ? images : labels);
}

} // namespace

TEST_CASE("MNIST is MNIST", "[mnist][data]") {
    const std::string folder = data::find_mnist();
    if (folder.empty()) STRATA_SKIP("MNIST is not here: set STRATA_DATA to the folder that holds it");
    const auto sets = data::mnist(folder);
    const auto& [train, test] = sets;
    CHECK(!sets.generated());
    CHECK(says(train.origin(), "MNIST", folder));
    REQUIRE(train.size() == 60'000);
    REQUIRE(test.size() == 10'000);
    CHECK(train.sample_shape() == strata::shape(1, 28, 28));
    CHECK(train.classes() == 10);
    const auto train_labels = labels_of(train), test_labels = labels_of(test);
    CHECK(std::vector<int>(train_labels.begin(), train_labels.begin() + 10)
          == std::vector<int>{5, 0, 4, 1, 9, 2, 1, 3, 1, 4});
    CHECK(std::vector<int>(test_labels.begin(), test_labels.begin() + 10)
          == std::vector<int>{7, 2, 1, 0, 4, 1, 4, 9, 5, 9});
    CHECK(counts_of(train_labels) == std::vector<int>{5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949});
    CHECK(counts_of(test_labels) == std::vector<int>{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009});
    CHECK(mean_pixel(train) == Approx(33.3184).margin(5e-5)); // the figure's own last digit
    CHECK(mean_pixel(test) == Approx(33.7912).margin(5e-5));
}

TEST_CASE("a named folder must hold all of MNIST", "[mnist]") {
    const temporary_folder folder;
    write_small_mnist("", folder);
    CHECK(data::mnist_files_present(folder.path()));
    CHECK(data::mnist(folder.path()).train.size() == 2);
    REQUIRE(::unlink((folder / "train-labels-idx1-ubyte").c_str()) == 0);
    CHECK(!data::mnist_files_present(folder.path()));
    const auto message = message_of<strata::file_error>([&] { (void)data::mnist(folder.path()); });
    CHECK(says(message, folder.path(), "missing train-labels-idx1-ubyte ("));
    CHECK(says(message_of<strata::file_error>([&] { (void)data::mnist(folder / "nowhere"); }),
               "missing train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, "
               "t10k-labels-idx1-ubyte"));
}

TEST_CASE("MNIST is found in STRATA_DATA, its subfolder mnist, data/mnist here or above, and the user's cache",
          "[mnist]") {
    const temporary_folder folder;
    (void)folder.folder("mnist");
    (void)folder.folder("strata");
    (void)folder.folder("strata/mnist");
    write_small_mnist("mnist/", folder);
    write_small_mnist("strata/mnist/", folder);
    {
        const environment data_set("STRATA_DATA", folder / "mnist");
        CHECK(data::find_mnist() == folder / "mnist");
    }
    {
        const environment data_set("STRATA_DATA", folder.path());
        CHECK(data::find_mnist() == folder / "mnist");
        CHECK(data::mnist(folder.path()).test.size() == 2);
        CHECK(says(data::mnist().test.origin(), "MNIST, from ", folder / "mnist"));
    }
    // Away from every project, only the cache is left, and without it nothing.
    char here[4096];
    REQUIRE(::getcwd(here, sizeof here) != nullptr);
    REQUIRE(::chdir(folder.path().c_str()) == 0);
    std::string in_cache, in_cache_again, nowhere;
    {
        const environment no_data("STRATA_DATA", ""), cache("XDG_CACHE_HOME", folder.path());
        in_cache = data::find_mnist();
    }
    {
        const environment no_data("STRATA_DATA", ""), no_cache("XDG_CACHE_HOME", ""), home("HOME", folder.path());
        nowhere = data::find_mnist();
    }
    // In the current folder or one of its five parents, before the cache and after STRATA_DATA; no other name counts.
    std::string below[7], named_first;
    for (const char* name : {"data", "shared", "shared/data", "shared/data/mnist", "1", "1/2", "1/2/3", "1/2/3/4",
                             "1/2/3/4/5", "1/2/3/4/5/6"})
        (void)folder.folder(name);
    write_small_mnist("shared/data/mnist/", folder);
    {
        const environment no_data("STRATA_DATA", ""), no_cache("XDG_CACHE_HOME", ""), home("HOME", folder.path());
        below[0] = data::find_mnist(); // data/mnist is not there yet
    }
    (void)folder.folder("data/mnist");
    write_small_mnist("data/mnist/", folder);
    {
        const environment no_data("STRATA_DATA", ""), cache("XDG_CACHE_HOME", folder.path());
        for (int level = 1; level < 7; ++level) {
            below[level] = data::find_mnist();
            REQUIRE(::chdir(std::to_string(level).c_str()) == 0);
        }
        in_cache_again = data::find_mnist(); // six levels below
    }
    {
        const environment data_set("STRATA_DATA", folder / "shared/data"), cache("XDG_CACHE_HOME", folder.path());
        named_first = data::find_mnist();
    }
    REQUIRE(::chdir(here) == 0);
    CHECK(in_cache == folder / "strata/mnist");
    CHECK(nowhere.empty());
    CHECK(below[0].empty());
    CHECK(below[1] == "data/mnist");
    CHECK(below[2] == "../data/mnist");
    CHECK(below[6] == "../../../../../data/mnist");
    CHECK(in_cache_again == folder / "strata/mnist");
    CHECK(named_first == folder / "shared/data/mnist");
}

TEST_CASE("drawn digits are the same every time, and differ from each other", "[drawn_digits]") {
    std::uint8_t a[784], b[784];
    const auto equal = [&] { return std::vector<int>(a, a + 784) == std::vector<int>(b, b + 784); };
    data::draw_digit(3, seed{1}, 5, a);
    data::draw_digit(3, seed{1}, 5, b);
    CHECK(equal());
    data::draw_digit(3, seed{1}, 6, b);
    CHECK(!equal());
    data::draw_digit(3, seed{2}, 5, b);
    CHECK(!equal());
}

TEST_CASE("drawn digits look enough like digits to be learned", "[drawn_digits]") {
    const auto scale = data::mnist_scaling;
    const auto train = data::drawn_digits(2000, seed{1}, scale), test = data::drawn_digits(500, seed{2}, scale);
    CHECK(train.origin() == "drawn digits (a stand-in: MNIST was not found)");
    CHECK(counts_of(labels_of(train)) == std::vector<int>(10, 200));
    std::vector<std::vector<float>> centre(10, std::vector<float>(784, 0.0f));
    std::vector<float> x(784);
    data::class_index label;
    for (std::size_t i = 0; i < train.size(); ++i) {
        train.read(i, {}, x, label);
        for (std::size_t j = 0; j < 784; ++j) centre[static_cast<std::size_t>(label.value)][j] += x[j] / 200;
    }
    std::vector<int> right(10, 0);
    for (std::size_t i = 0; i < test.size(); ++i) {
        test.read(i, {}, x, label);
        int nearest = -1;
        float least = 0;
        for (int c = 0; c < 10; ++c) {
            float distance = 0;
            for (std::size_t j = 0; j < 784; ++j) {
                const float d = x[j] - centre[static_cast<std::size_t>(c)][j];
                distance += d * d;
            }
            if (nearest < 0 || distance < least) nearest = c, least = distance;
        }
        if (nearest == label.value) ++right[static_cast<std::size_t>(label.value)];
    }
    int all = 0;
    for (const int r : right) {
        all += r;
        CHECK(r > 15); // of 50: every class is far above the tenth that chance gives
    }
    INFO("right: " << all << " of 500");
    CHECK(all > 300); // recognisable even to a classifier without any invariance …
    CHECK(all < 490); // … and not so easy that learning shows nothing
}
