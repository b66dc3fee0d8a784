#include "core/job/SessionInternals.h"

#include <vector>

namespace kamei::job {
namespace {

constexpr std::string_view kDestruction = "destruction";
constexpr std::string_view kBegun = "begun";
constexpr std::string_view kDone = "done";

} // namespace

base::Expected<void> Session::Internals::log(store::Writing& writing, std::string_view by,
                                             std::string_view event, const audit::Details& details) const {
    auto head = audit::append(*writing, by, event, details);
    if (!head) {
        return tl::unexpected(head.error());
    }
    return {};
}

void Session::Internals::notify(const Change& change) {
    std::vector<std::function<void(const Change&)>> called;
    {
        const std::lock_guard guard(listenersMutex);
        for (const auto& [number, listener] : listeners) {
            called.push_back(listener);
        }
    }
    for (const auto& listener : called) {
        listener(change);
    }
}

base::Expected<store::Destroyed> Session::Internals::destroyDeletedInformation(const std::string& by) {
    store::Destroyed destroyed;
    {
        auto writing = write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        auto erased = (*writing)->destruction.eraseValues();
        if (!erased) {
            return erased;
        }
        destroyed = *erased;
        store::Meta& meta = (*writing)->meta;
        const audit::Details details = audit::Details()
                                           .count("findings", destroyed.findings)
                                           .count("known", destroyed.known)
                                           .count("subjects", destroyed.subjects)
                                           .count("sources", destroyed.sources);
        for (auto done : {meta.set(kDestruction, kBegun), meta.set("destruction-by", by),
                          log(*writing, by, "deleted-information.erased", details)}) {
            if (!done) {
                return tl::unexpected(done.error());
            }
        }
        if (auto done = writing->commit(); !done) {
            return tl::unexpected(done.error());
        }
    }
    if (auto finished = finishDestruction(); !finished) {
        return tl::unexpected(finished.error());
    }
    return destroyed;
}

base::Expected<void> Session::Internals::finishDestruction() {
    std::string by;
    {
        auto reading = read();
        if (!reading) {
            return tl::unexpected(reading.error());
        }
        const auto begun = (*reading)->meta.get(kDestruction);
        const auto who = (*reading)->meta.get("destruction-by");
        if (!begun || !who) {
            return tl::unexpected(begun ? who.error() : begun.error());
        }
        if (begun->value_or("") != kBegun) {
            return {};
        }
        by = who->value_or("");
    }
    // The key first: it alone would lead from pseudonyms back to people.
    if (auto gone = store::destroyKey(layout.key()); !gone) {
        return gone;
    }
    if (auto cleared = store::clearTemporary(layout); !cleared) {
        return cleared;
    }
    if (auto compacted = database->compact(); !compacted) {
        return compacted;
    }
    auto writing = write();
    if (!writing) {
        return tl::unexpected(writing.error());
    }
    store::Meta& meta = (*writing)->meta;
    for (auto done :
         {meta.set("key-destroyed", "1"), meta.set(kDestruction, kDone),
          log(*writing, by, "deleted-information.destroyed", audit::Details().flag("key", true))}) {
        if (!done) {
            return done;
        }
    }
    return writing->commit();
}

} // namespace kamei::job
