#pragma once
/// late_machine<Slots> — a GPU's way of training on this computer: everything that is begun waits in a queue, as on a
/// stream, until somebody asks for numbers. It is as late as a GPU can be, so that a step which reads a batch's memory
/// too early, or writes it too early, gives other bits. The kernels are those of the policy `cpu`, and the parts of a
/// step those of `gpu`. With one slot every loss is awaited.
#include <strata/cpu/cpu.hpp>
#include <strata/cuda/step_functions.hpp>
#include <strata/cuda/update.hpp>
#include <strata/run/host_training.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace strata_tests {

class late_stream {
  public:
    void add(std::function<void()> work) { work_.push_back(std::move(work)), ++begun; }
    /// Does what was begun before the n-th piece of work.
    void finish(long long n) {
        if (done_ < n && n == begun) ++waits;
        while (done_ < n) {
            const auto next = std::move(work_.front());
            work_.pop_front(), ++done_;
            next();
        }
    }
    void finish() { finish(begun); }
    [[nodiscard]] long long waiting() const { return begun - done_; }

    long long begun = 0, waits = 0; ///< pieces of work; how often somebody waited for the last

  private:
    std::deque<std::function<void()>> work_;
    long long done_ = 0;
};
inline late_stream stream;

/// Memory that is read and written behind the work that was begun.
template <class T>
class late_memory {
  public:
    late_memory() = default;
    explicit late_memory(long long n) : numbers_(n) {}
    late_memory(const late_memory& other) { stream.finish(), numbers_ = other.numbers_; }
    late_memory(late_memory&&) noexcept = default;
    late_memory& operator=(late_memory other) {
        std::swap(numbers_, other.numbers_);
        return *this;
    }
    ~late_memory() { stream.finish(); }
    void read(long long first, long long n, T* to) const { stream.finish(), numbers_.read(first, n, to); }
    void write(long long first, long long n, const T* from) { stream.finish(), numbers_.write(first, n, from); }
    [[nodiscard]] T* data() const noexcept { return numbers_.data(); }
    [[nodiscard]] long long size() const noexcept { return numbers_.size(); }
    [[nodiscard]] std::size_t bytes() const noexcept { return numbers_.bytes(); }
    [[nodiscard]] auto view() const { return stream.finish(), numbers_.view(); }

  private:
    strata::core::block<T> numbers_;
};

template <class T>
struct late_staging {
    template <class Policy>
    late_staging(const Policy&, long long n) : there(n) {}
    T* upload(const T* from, long long n) {
        there.write(0, n, from);
        return there.data();
    }
    [[nodiscard]] T* slot(T*) const noexcept { return there.data(); }
    void download(T* to, long long n) const { there.read(0, n, to); }
    T* begin_upload(const T* from, long long n) {
        stream.add([from, n, to = there.data()] { std::copy_n(from, n, to); });
        return there.data();
    }
    void begin_download(T* to, long long n) const {
        stream.add([from = there.data(), n, to] { std::copy_n(from, n, to); });
    }
    late_memory<T> there;
};

/// See device_step_memory.
template <int Slots>
class late_step_memory {
    using step_state = strata::core::step_state;

  public:
    static constexpr int batches_in_flight = Slots;

    template <class Policy>
    explicit late_step_memory(const Policy&) {}
    [[nodiscard]] const step_state& known() const noexcept { return known_; }
    const step_state& read() {
        stream.finish();
        return known_ = *there_;
    }
    void write(const step_state& s) {
        stream.finish();
        *there_ = known_ = s, steps_ = s.step;
    }
    [[nodiscard]] std::int64_t steps() const noexcept { return steps_; }
    void count_step() noexcept { ++steps_; }
    [[nodiscard]] const std::int64_t* counter() const noexcept { return &there_->step; }
    void post(int slot) {
        stream.add([from = there_, to = posted_, slot] { to[slot] = *from; });
        sent_[slot] = stream.begun;
    }
    /// Once there is much work behind it.
    [[nodiscard]] bool arrived(int slot) const {
        if (stream.begun - sent_[slot] < 60) return false;
        const long long waits = stream.waits;
        stream.finish(sent_[slot]);
        stream.waits = waits; // it was there
        return true;
    }
    [[nodiscard]] const step_state& posted(int slot) const {
        stream.finish(sent_[slot]);
        return posted_[slot];
    }
    [[nodiscard]] step_state* there() const noexcept { return there_.get(); }
    template <class Rule>
    [[nodiscard]] std::shared_ptr<Rule> rule() const {
        return std::make_shared<Rule>();
    }

  private:
    std::shared_ptr<step_state> there_ = std::make_shared<step_state>();
    std::shared_ptr<step_state[]> posted_{new step_state[Slots]};
    long long sent_[Slots]{};
    step_state known_{};
    std::int64_t steps_ = 0;
};

/// See device_training.
template <class Policy, int Slots>
class late_training : public strata::core::host_training<Policy> {
    using host = strata::core::host_training<Policy>;

  public:
    using step_memory = late_step_memory<Slots>;
    using host::host;

    template <class Plan, class T>
    void run(const strata::core::frame<T>& f, int first = 0, int last = Plan::steps) {
        stream.add([this, f, first, last] { host::template run<Plan>(f, first, last); });
    }
    template <class Plan, class T>
    void run_one(int t, const strata::core::frame<T>& f) {
        stream.finish();
        host::template run_one<Plan>(t, f);
    }
    template <class T>
    static const T* read_back(const T* there, long long) {
        stream.finish();
        return there;
    }
    template <class T>
    static void copy(const T* from, long long n, T* to) {
        stream.add([=] { std::copy_n(from, n, to); });
    }
    template <class F>
    static void for_elements(long long n, const F& f) {
        stream.add([=] {
            for (long long i = 0; i < n; ++i) f(i);
        });
    }
    template <class F>
    static void for_elements(const step_memory& s, long long n, const F& f) {
        for_elements(n, strata::on_cuda::while_finite<F>{s.there(), f});
    }
    template <class T>
    static void keep(const step_memory& s, const T* from, long long n, T* to) {
        for_elements(s, n, strata::on_cuda::copy_element<T>{from, to});
    }
    template <class T>
    static void take_loss(step_memory& s, const T* loss, bool trains) {
        stream.add(strata::on_cuda::take_loss<T>{s.there(), loss, trains});
    }
    template <class T>
    static void limit_norm(step_memory& s, double most, T* gradient, long long n) {
        const auto sums =
            std::make_shared<std::vector<double>>(strata::on_cuda::first_sums + strata::on_cuda::second_sums);
        double *const first = sums->data(), *const second = first + strata::on_cuda::first_sums;
        for_elements(strata::on_cuda::first_sums, strata::on_cuda::sum_squares<T>{gradient, n, first});
        for_elements(strata::on_cuda::second_sums, strata::on_cuda::sum_sums{first, second});
        stream.add([sums, finish = strata::on_cuda::finish_norm{s.there(), second}] { finish(); });
        check_finite(s, strata::core::not_finite::gradient, gradient, 0, n);
        for_elements(s, n, strata::on_cuda::limit_norm<T>{s.there(), most, gradient});
    }
    template <class T>
    static void check_finite(step_memory& s, strata::core::not_finite what, const T* x, long long first, long long n) {
        for_elements(n, strata::on_cuda::find_not_finite<T>{s.there(), x, first, what});
    }
    static void advance(step_memory& s, double rate_factor) {
        s.count_step();
        stream.add(strata::on_cuda::advance{s.there(), rate_factor});
    }
    template <class Optimizer>
    static const Optimizer& of_step(const step_memory&, const Optimizer& optimizer) noexcept {
        return optimizer;
    }
    template <class Optimizer, class T>
    static void update(step_memory& s, const Optimizer& optimizer, const T* gradient, T* parameter, T* slots,
                       long long n, long long slot_size) {
        using rule_type = strata::on_cuda::rule_of<Optimizer, T>;
        const auto rule = s.template rule<rule_type>();
        stream.add(
            [rule, make = strata::on_cuda::make_rule<Optimizer, T>{s.there(), optimizer, rule.get()}] { make(); });
        for_elements(s, n,
                     strata::on_cuda::element_update<rule_type, Optimizer::states, T>{rule.get(), gradient, parameter,
                                                                                      slots, slot_size});
        stream.add([rule] {}); // lives until then
        check_finite(s, strata::core::not_finite::model, parameter, 0, n);
    }
};

template <int Slots>
struct late_machine : strata::core::host {
    template <class T>
    using memory = late_memory<T>;
    template <class T>
    using staging = late_staging<T>;
    template <class Policy>
    using training = late_training<Policy, Slots>;
    template <class T, class Policy>
    static memory<T> allocate(const Policy&, long long elements) {
        return memory<T>(elements);
    }
    struct inference : strata::core::host::inference {
        using strata::core::host::inference::inference;
        template <class Plan, class Policy, class T>
        void run(const strata::core::frame<T>& f) const noexcept {
            stream.finish();
            strata::core::host::inference::run<Plan, Policy>(f);
        }
    };
};

/// The policy `cpu` on such a machine.
template <int Slots>
struct late {
    int threads = 1;
    template <class T>
    static constexpr strata::core::target_numbers numbers() {
        return strata::cpu::numbers<T>();
    }
    template <strata::core::key K, class Function, class T>
    using kernel = strata::cpu::kernel<K, Function, T>;
    using machine = late_machine<Slots>;
    static constexpr const char* name = "late";
    static void require() {}
};

} // namespace strata_tests
