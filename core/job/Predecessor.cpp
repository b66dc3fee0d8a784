#include "core/job/Predecessor.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>

#include "core/base/Clock.h"
#include "core/base/FileIo.h"
#include "core/job/Sealing.h"
#include "core/job/SessionInternals.h"
#include "core/release/DeletedInformation.h"
#include "core/store/KeyFile.h"
#include "core/store/Layout.h"
#include "core/transform/pseudonym/Pseudonym.h"

namespace kamei::job {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using Json = nlohmann::json;

constexpr std::string_view kPlace = "job.continue";
constexpr std::uint64_t kLargestSealed = std::uint64_t{4} << 30;

base::Expected<base::SecretBytes> bytesOf(std::string_view hexadecimal) {
    if (hexadecimal.size() != 2 * store::kKeyBytes) {
        return base::fail(ErrorCode::Malformed, kPlace, {"key"});
    }
    base::SecretBytes out(store::kKeyBytes);
    const auto digit = [](char c) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        return kDigits.find(c);
    };
    for (std::size_t i = 0; i < store::kKeyBytes; ++i) {
        const std::size_t high = digit(hexadecimal[2 * i]);
        const std::size_t low = digit(hexadecimal[2 * i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) {
            return base::fail(ErrorCode::Malformed, kPlace, {"key"});
        }
        out.span()[i] = static_cast<std::byte>(high << 4U | low);
    }
    return out;
}

std::vector<model::Subject> subjectsFrom(const Json& list) {
    std::vector<model::Subject> out;
    for (const Json& row : list) {
        model::Subject one;
        one.id = {row.at("id").get<std::int64_t>()};
        one.key = row.at("key").get<std::string>();
        one.pseudonym = row.at("pseudonym").get<std::string>();
        one.mergedInto = {row.value("mergedInto", std::int64_t{0})};
        one.hint.patientId = row.at("patientId").get<std::string>();
        one.hint.issuer = row.at("issuer").get<std::string>();
        one.hint.names = row.at("names").get<std::vector<std::string>>();
        one.hint.birthDate = row.at("birthDate").get<std::string>();
        one.hint.sex = row.at("sex").get<std::string>();
        out.push_back(std::move(one));
    }
    return out;
}

/// Whether people, key and what refers to people belong together: what was altered before it was sealed, or
/// by a later version in a way that is not known here, is not gone on from.
bool isWhole(const Predecessor& found, const Json& subjects, const transform::pseudonym::Key& key) {
    std::set<base::SubjectId> ids;
    std::set<std::string> keys;
    for (std::size_t i = 0; i < found.subjects.size(); ++i) {
        const model::Subject& one = found.subjects[i];
        if (!one.id.valid() || !ids.insert(one.id).second || !keys.insert(one.key).second ||
            one.pseudonym != key.pseudonymId(one.key) ||
            subjects[i].at("shiftDays").get<std::int32_t>() != key.dateShiftDays(one.key)) {
            return false;
        }
    }
    const auto knows = [&ids](base::SubjectId id) { return !id.valid() || ids.contains(id); };
    return std::ranges::all_of(found.subjects, [&](const auto& one) { return knows(one.mergedInto); }) &&
           std::ranges::all_of(found.known, [&](const auto& one) { return knows(one.subject); }) &&
           std::ranges::all_of(found.settled, [&](const auto& row) {
               return ids.contains(row.first.first) && ids.contains(row.first.second);
           });
}

base::Expected<std::shared_ptr<Predecessor>> read(std::span<const std::byte> plain) {
    const auto* const first = reinterpret_cast<const char*>(plain.data());
    auto out = std::make_shared<Predecessor>();
    try {
        const Json json = Json::parse(first, first + plain.size());
        if (json.at("format") != "kamei-deleted-information" || json.at("version") != 1) {
            return base::fail(ErrorCode::Malformed, kPlace, {"version"});
        }
        auto key = bytesOf(json.at("key").get<std::string>());
        if (!key) {
            return tl::unexpected(key.error());
        }
        out->key = std::move(*key);
        out->keepUntil = json.at("keepUntil").get<std::string>();
        out->subjects = subjectsFrom(json.at("subjects"));
        for (const Json& row : json.at("known")) {
            out->known.push_back({{row.at("subject").get<std::int64_t>()},
                                  row.at("kind").get<std::string>(),
                                  row.at("value").get<std::string>(),
                                  {},
                                  {}});
        }
        for (const Json& row : json.value("settled", Json::array())) {
            out->settled.emplace(std::pair(base::SubjectId{row.at("one").get<std::int64_t>()},
                                           base::SubjectId{row.at("two").get<std::int64_t>()}),
                                 row.at("reason").get<std::string>());
        }
        const auto derives = transform::pseudonym::Key::fromBytes(out->key.span());
        if (!derives || !isWhole(*out, json.at("subjects"), *derives)) {
            return base::fail(ErrorCode::Malformed, kPlace, {"subjects"});
        }
    } catch (const Json::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace, {"json"});
    }
    return out;
}

/// The sealed file that is meant by a path; why there is none, where a workspace was given.
base::Expected<fs::path> fileFor(const fs::path& from) {
    std::error_code error;
    if (!fs::is_directory(from, error)) {
        return from;
    }
    fs::path folder = fs::absolute(from, error).lexically_normal();
    if (!folder.has_filename()) { // written with a slash at the end
        folder = folder.parent_path();
    }
    fs::path sealed = folder;
    sealed += kSealedSuffix;
    if (fs::is_regular_file(sealed, error)) {
        return sealed;
    }
    const store::Layout layout{folder};
    if (!fs::is_regular_file(layout.database(), error)) {
        return base::fail(ErrorCode::WorkspaceMissing, kPlace);
    }
    return base::fail(ErrorCode::NotPossible, kPlace,
                      {fs::exists(layout.key(), error) ? "continue-unreleased" : "continue-destroyed"});
}

/// The people of the workspace that this one goes on from, with what is known of them and was judged.
base::Expected<void> takeOverRows(const Session::Internals& internals, store::Writing& writing,
                                  const Predecessor& from) {
    std::map<base::SubjectId, base::SubjectId> ids{{{}, {}}};
    for (model::Subject subject : from.subjects) {
        const base::SubjectId before = subject.id;
        subject.mergedInto = {};
        const auto now = writing->subjects.insert(subject);
        if (!now) {
            return tl::unexpected(now.error());
        }
        ids.emplace(before, *now);
    }
    for (model::Subject subject : from.subjects) {
        if (!subject.mergedInto.valid()) {
            continue;
        }
        subject.id = ids.at(subject.id);
        subject.mergedInto = ids.at(subject.mergedInto);
        if (auto done = writing->subjects.update(subject); !done) {
            return done;
        }
    }
    std::vector<model::KnownIdentifier> known = from.known;
    for (model::KnownIdentifier& one : known) {
        one.subject = ids.at(one.subject);
    }
    if (auto done = writing->known.add(known); !done) {
        return done;
    }
    for (const auto& [pair, reason] : from.settled) {
        const auto [one, two] = std::minmax(ids.at(pair.first), ids.at(pair.second));
        if (auto done = writing->claims.settle({one, two}, reason); !done) {
            return done;
        }
    }
    if (auto done = writing->meta.set(kContinuesUntil, from.keepUntil); !done) {
        return done;
    }
    return internals.log(writing, from.openedBy, "deleted-information.continued",
                         audit::Details()
                             .digest("sealed", from.sealed)
                             .digest("reason", base::sha256(from.reason))
                             .count("subjects", static_cast<std::int64_t>(from.subjects.size())));
}

/// Instead of the random key and the empty tables of a new workspace.
base::Expected<void> takeOver(Session& session, const Predecessor& from) {
    Session::Internals& internals = session.internals();
    auto writing = internals.write();
    if (!writing) {
        return tl::unexpected(writing.error());
    }
    if (auto done = takeOverRows(internals, *writing, from); !done) {
        return done;
    }
    // Before the people are: what is left after an interruption has the right key, or nobody in it.
    if (auto done = store::destroyKey(internals.layout.key()); !done) {
        return done;
    }
    if (auto done = store::writeKey(internals.layout.key(), from.key.span()); !done) {
        return done;
    }
    return writing->commit();
}

} // namespace

base::Expected<std::shared_ptr<const Predecessor>> openPredecessor(const fs::path& from,
                                                                   const base::Redacted& passphrase,
                                                                   const std::string& by,
                                                                   const std::string& reason) {
    if (reason.find_first_not_of(" \t\r\n") == std::string::npos) {
        return base::fail(ErrorCode::ReasonRequired, kPlace);
    }
    const auto file = fileFor(from);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const auto content = base::readFile(*file, kLargestSealed);
    if (!content) {
        return tl::unexpected(content.error());
    }
    const auto plain = openSealed(*file, passphrase, by, reason);
    if (!plain) {
        return tl::unexpected(plain.error());
    }
    auto out = read(plain->span());
    if (!out) {
        return tl::unexpected(out.error());
    }
    // Kept longer than was allowed, it is to be destroyed, not to be used.
    if (!(*out)->keepUntil.empty() && (*out)->keepUntil < release::dayOf(base::nowMs())) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"continue-past"});
    }
    (*out)->sealed = base::sha256(*content);
    (*out)->openedBy = by;
    (*out)->reason = reason;
    return std::shared_ptr<const Predecessor>(std::move(*out));
}

base::Expected<std::shared_ptr<Session>> createFrom(const fs::path& folder, const NewWorkspace& what,
                                                    const Predecessor& from) {
    std::error_code ignored;
    const bool folderWasThere = fs::exists(folder, ignored);
    auto session = Session::create(folder, what);
    if (!session) {
        return session;
    }
    if (auto done = takeOver(**session, from); !done) {
        const fs::path made = (*session)->folder();
        session->reset();
        // The folder was new, or empty: whatever is in it was made here.
        for (const auto& entry : fs::directory_iterator(made, ignored)) {
            fs::remove_all(entry.path(), ignored);
        }
        if (!folderWasThere) {
            fs::remove(made, ignored);
        }
        return tl::unexpected(done.error());
    }
    return session;
}

base::Expected<std::string> continuesUntil(Session& session) {
    auto reading = session.internals().read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto until = (*reading)->meta.get(kContinuesUntil);
    return until ? base::Expected<std::string>(until->value_or("")) : tl::unexpected(until.error());
}

} // namespace kamei::job
