#pragma once
// Labelled points in the plane, generated from a seed: the data of the small examples, and their scatter plots.
#include <strata/data/in_memory.hpp>
#include <strata/pictures/scatter_plot.hpp>
#include <strata/base/random/philox_stream.hpp>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

struct plane {
    std::vector<float> points; // x, y, x, y, ...
    std::vector<int> labels;
    std::vector<std::string> names;

    void add(float x, float y, int label) {
        points.insert(points.end(), {x, y});
        labels.push_back(label);
    }
    [[nodiscard]] strata::data::in_memory<> data() const {
        return strata::data::in_memory<>{{.sample = strata::shape(2), .floats = points, .labels = labels,
                                          .classes = static_cast<int>(names.size()), .class_names = names}};
    }
    [[nodiscard]] strata::scatter_plot plot(std::string title) const {
        strata::scatter_plot p{.title = std::move(title)};
        for (std::size_t c = 0; c < names.size(); ++c) {
            std::vector<float> x, y;
            for (std::size_t i = 0; i < labels.size(); ++i)
                if (labels[i] == static_cast<int>(c)) x.push_back(points[2 * i]), y.push_back(points[2 * i + 1]);
            p.groups.push_back({names[c], x, y});
        }
        return p;
    }
};

/// Numbers from the normal distribution of mean 0 and deviation 1.   Source: Box & Muller 1958
class normal_numbers {
  public:
    explicit normal_numbers(std::uint64_t seed) : random_(strata::seed{seed}, strata::random_use::drawing) {}
    float operator()() {
        const float u = random_.uniform(1e-7f, 1), v = random_.uniform();
        return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi_v<float> * v);
    }
    float uniform(float low, float high) { return random_.uniform(low, high); }

  private:
    strata::philox_stream random_;
};

/// Two interleaving half circles of n points each, scattered by `noise`.
inline plane two_moons(int n, float noise, std::uint64_t seed) {
    plane p{.points = {}, .labels = {}, .names = {"upper", "lower"}};
    normal_numbers normal(seed);
    for (int i = 0; i < n; ++i) {
        const float a = normal.uniform(0, std::numbers::pi_v<float>), b = normal.uniform(0, std::numbers::pi_v<float>);
        p.add(std::cos(a) + noise * normal(), std::sin(a) + noise * normal(), 0);
        p.add(1 - std::cos(b) + noise * normal(), 0.5f - std::sin(b) + noise * normal(), 1);
    }
    return p;
}
