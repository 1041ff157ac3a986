#pragma once
/// followed, follower<T> — a reference that stays right when what it refers to moves.
///
///   struct model : followed { ... };
///   follower<model> at(net);      // held by a trainer of it
///   auto moved = std::move(net);
///   *at;                          // moved
///
/// A follower follows the contents: into what was constructed from its object by a move, and into what they were
/// assigned to by one. An object that is assigned to keeps its own followers, and a copy has none at first.
/// Making followers of one const object is safe from many threads; moving an object that others use is not.
/// Errors   error where the object was destroyed, and for a follower that was itself moved from
#include <strata/base/error.hpp>

namespace strata::inline STRATA_ABI::detail {

class followed;

/// Where an object is: shared by it and its followers.
struct whereabouts {
    long long users = 1;
    const followed* now = nullptr;
    whereabouts* next = nullptr; ///< its contents went into an object that had followers before

    void take() noexcept { __atomic_add_fetch(&users, 1, __ATOMIC_RELAXED); }
    static void release(whereabouts* w) noexcept {
        while (w != nullptr && __atomic_sub_fetch(&w->users, 1, __ATOMIC_ACQ_REL) == 0) {
            whereabouts* const after = w->next;
            delete w;
            w = after;
        }
    }
};

class followed {
  public:
    followed() noexcept = default;
    followed(const followed&) noexcept {}
    followed(followed&& from) noexcept : where_(from.where_) {
        from.where_ = nullptr;
        if (where_ != nullptr) where_->now = this;
    }
    followed& operator=(const followed&) noexcept { return *this; }
    followed& operator=(followed&& from) noexcept {
        if (this == &from || from.where_ == nullptr) return *this;
        if (where_ == nullptr) {
            where_ = from.where_;
            where_->now = this;
        } else {
            where_->take();
            from.where_->next = where_;
            whereabouts::release(from.where_);
        }
        from.where_ = nullptr;
        return *this;
    }
    ~followed() {
        if (where_ == nullptr) return;
        where_->now = nullptr;
        whereabouts::release(where_);
    }

  private:
    template <class T>
    friend class follower;

    /// Made for the first follower.
    [[nodiscard]] whereabouts* where() const {
        whereabouts* known = __atomic_load_n(&where_, __ATOMIC_ACQUIRE);
        if (known == nullptr) {
            auto* const made = new whereabouts{.now = this};
            if (__atomic_compare_exchange_n(&where_, &known, made, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
                known = made;
            else delete made; // another thread was first
        }
        known->take();
        return known;
    }
    mutable whereabouts* where_ = nullptr;
};

[[noreturn, gnu::cold, gnu::noinline]] inline void raise_lost_object() {
    raise(
        "strata: a trainer, gradients or a stream was used after its model was destroyed, or after it was itself moved "
        "from. "
        "Keep the model alive for as long as it is used.");
}

template <class T>
class follower {
  public:
    explicit follower(T& object) : where_(static_cast<const followed&>(object).where()) {}
    follower(const follower& other) noexcept : where_(other.where_) {
        if (where_ != nullptr) where_->take();
    }
    follower(follower&& other) noexcept : where_(other.where_) { other.where_ = nullptr; }
    follower& operator=(follower other) noexcept {
        whereabouts* const mine = where_;
        where_ = other.where_;
        other.where_ = mine;
        return *this;
    }
    ~follower() { whereabouts::release(where_); }

    [[nodiscard]] T& operator*() const {
        const whereabouts* w = where_;
        while (w != nullptr && w->next != nullptr) w = w->next;
        if (w == nullptr || w->now == nullptr) raise_lost_object();
        return static_cast<T&>(const_cast<followed&>(*w->now));
    }
    [[nodiscard]] T* operator->() const { return &**this; }

  private:
    whereabouts* where_;
};

} // namespace strata::inline STRATA_ABI::detail
