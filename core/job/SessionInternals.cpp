#include "core/job/SessionInternals.h"

#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "core/base/FileIo.h"

namespace kamei::job {
namespace {

constexpr std::string_view kDestruction = "destruction";
constexpr std::string_view kBegun = "begun";
constexpr std::string_view kDone = "done";

} // namespace

base::Expected<void> Session::Internals::log(store::Writing& writing, std::string_view by,
                                             std::string_view event, const audit::Details& details) const {
    auto head = audit::append(*writing, by, event, details, signedIn().get());
    if (!head) {
        return tl::unexpected(head.error());
    }
    return {};
}

base::Expected<store::Writing> Session::Internals::write(Purpose purpose) {
    const auto who = signedIn();
    if (purpose == Purpose::Change && who && who->person().role == keys::Role::EthicsReviewer) {
        return base::fail(base::ErrorCode::NotPossible, "job.write", {"examiner"});
    }
    return database->write();
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
    if (auto gone = store::destroyEvidence(layout); !gone) {
        return gone;
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
    const auto head = audit::head(**writing);
    if (!head) {
        return tl::unexpected(head.error());
    }
    if (auto done = writing->commit(); !done) {
        return done;
    }
    return recordDestruction("destruction.json", by, "key, correspondence, removed values", *head);
}

base::Expected<void> Session::Internals::recordDestruction(const std::string& name, const std::string& by,
                                                           const std::string& what,
                                                           const audit::Head& entry) const {
    const auto reading = read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto id = (*reading)->meta.get("workspace-id");
    if (!id) {
        return tl::unexpected(id.error());
    }
    nlohmann::ordered_json out{{"format", "kamei-destruction"},      {"version", 1},
                               {"workspace", id->value_or("")},      {"destroyed", what},
                               {"at", base::iso8601(base::nowMs())}, {"by", by},
                               {"auditEntry", entry.number},         {"auditHash", entry.hash.hex()}};
    if (const auto who = signedIn(); who && who->person().name == by) {
        const std::string text = out.dump();
        out["publicKey"] = who->person().key.hex();
        // Over the record as it stands above, without blanks, in this order.
        out["signature"] = who->sign("destruction", std::as_bytes(std::span(text.data(), text.size()))).hex();
    }
    return base::writeFileAtomically(layout.folder / name, out.dump(1) + "\n");
}

} // namespace kamei::job
