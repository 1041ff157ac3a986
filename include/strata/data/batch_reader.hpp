#pragma once
#include <concepts>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/needs_exceptions.hpp>
#include <strata/base/words/sentence.hpp>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// batch_reader<Read> — reads batches ahead: while the caller uses batch k, a thread reads batch k + 1.
/// There are two slots, 0 and 1, in memory of the caller: `read(slot, place, index)` reads sample `index` to place
/// `place` of a slot.
///
///   data::batch_reader reader([&](int slot, int place, std::size_t index) {
///       set.read(index, key, x[slot][place], target[slot][place]);
///   });
///   reader.begin(order, 64);                   // order: the pass's indices, which must live until its end
///   while (const auto batch = reader.next())   // batch.slot is the caller's until the next call of next()
///       use(batch.slot, batch.size);
///
/// Batches come in order, each of `batch` samples except the last. The slot that next() returned is not touched before
/// next() or begin() is called again, so `read` and the caller never use the same slot, and share only what `read`
/// itself refers to. Call only begin(), next() and end(), from one thread at a time.
///
/// Errors   an exception of `read` leaves next() in place of its batch: the batches before it are returned first, and
///          those after it are not read; begin() starts anew. device_error if the system grants no thread; error for a
///          batch of fewer than one sample
template <class Read>
    requires std::invocable<Read&, int, int, std::size_t>
class batch_reader {
  public:
    /// What next() gives: samples `first` to `first + size − 1` of the pass, in a slot; false at the pass's
    /// end.
    struct batch {
        int slot = 0, size = 0;
        std::size_t first = 0;
        explicit operator bool() const { return size > 0; }
    };

    explicit batch_reader(Read read) : read_(std::move(read)) {
        try {
            thread_ = std::thread([this] { work(); });
        } catch (const std::system_error& refused) {
            raise<device_error>(sentence({"strata: cannot start a thread to read batches (", refused.what(),
                                          "). Stop other threads, or read without one."}));
        }
    }
    /// Waits for the sample that is being read, not for the pass.
    ~batch_reader() {
        {
            const std::lock_guard lock{mutex_};
            stopping_ = true;
            ++pass_;
        }
        wake_.notify_one();
        thread_.join();
    }
    batch_reader(const batch_reader&) = delete;
    batch_reader& operator=(const batch_reader&) = delete;

    /// Begins a pass over these samples; one that was under way is given up. The indices must live until the
    /// pass's end.
    void begin(std::span<const std::size_t> indices, int batch_size) {
        if (batch_size < 1) raise(sentence({"strata: the batch size is ", batch_size, "; it must be at least 1."}));
        end();
        {
            const std::lock_guard lock{mutex_};
            indices_ = indices, batch_size_ = static_cast<std::size_t>(batch_size);
            wanted_ = 2; // both slots are free
        }
        wake_.notify_one();
    }

    /// The next batch; the slot of the one before goes back to be filled again.
    batch next() {
        std::unique_lock lock{mutex_};
        const std::size_t first = taken_ * batch_size_;
        if (first >= indices_.size()) return {};
        if (taken_ > 0) { // the batch before was in use until now
            ++wanted_;
            wake_.notify_one();
        }
        done_.wait(lock, [&] { return filled_ > taken_ || failure_ != nullptr; });
        if (filled_ <= taken_) {
            const std::exception_ptr failure = std::exchange(failure_, nullptr);
            indices_ = {};
            std::rethrow_exception(failure);
        }
        const auto slot = static_cast<int>(taken_++ % 2);
        return {slot, static_cast<int>(size_at(first)), first};
    }

    /// Gives the pass up. Nothing is read, and `indices` and both slots are the caller's, when it returns.
    void end() {
        std::unique_lock lock{mutex_};
        ++pass_;
        wanted_ = 0;
        done_.wait(lock, [&] { return !reading_; });
        indices_ = {}, taken_ = filled_ = 0;
        failure_ = nullptr;
    }

  private:
    [[nodiscard]] std::size_t size_at(std::size_t first) const {
        return indices_.size() - first < batch_size_ ? indices_.size() - first : batch_size_;
    }

    void work() {
        std::unique_lock lock{mutex_};
        for (;;) {
            wake_.wait(lock, [&] {
                return stopping_
                       || (filled_ < wanted_ && filled_ * batch_size_ < indices_.size() && failure_ == nullptr);
            });
            if (stopping_) return;
            const std::size_t first = filled_ * batch_size_;
            const auto from = indices_.subspan(first, size_at(first));
            const auto slot = static_cast<int>(filled_ % 2);
            const unsigned long long pass = pass_;
            reading_ = true;
            std::exception_ptr failure;
            for (std::size_t i = 0; i < from.size() && pass_ == pass && !failure; ++i) {
                lock.unlock();
                try {
                    read_(slot, static_cast<int>(i), from[i]);
                } catch (...) {
                    failure = std::current_exception();
                }
                lock.lock();
            }
            reading_ = false;
            if (pass_ == pass) {
                if (failure) failure_ = failure;
                else ++filled_;
            }
            done_.notify_one();
        }
    }

    Read read_;
    std::mutex mutex_; // guards all that follows
    std::condition_variable wake_, done_;
    std::span<const std::size_t> indices_;
    std::size_t batch_size_ = 1;
    std::size_t filled_ = 0, taken_ = 0; ///< batches of this pass that were read, and given to the caller
    std::size_t wanted_ = 0;             ///< batches that there is a slot for
    unsigned long long pass_ = 0;
    bool reading_ = false, stopping_ = false;
    std::exception_ptr failure_; ///< of the batch filled_
    std::thread thread_;         // last: it begins when all else is there
};

} // namespace strata::inline STRATA_ABI::data
