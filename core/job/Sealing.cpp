#include "core/job/Sealing.h"

#include <nlohmann/json.hpp>

#include "core/base/FileIo.h"
#include "core/job/SessionInternals.h"
#include "core/keys/Sealed.h"
#include "core/model/Locator.h"
#include "core/model/Vocabulary.h"
#include "core/release/DeletedInformation.h"
#include "core/transform/pseudonym/Pseudonym.h"

namespace kamei::job {
namespace {

using Json = nlohmann::ordered_json;
using transform::pseudonym::Key;

constexpr std::int64_t kPage = 10'000; ///< sources read at once

std::string hexadecimal(std::span<const std::byte> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    out.reserve(2 * bytes.size());
    for (const std::byte b : bytes) {
        out += kDigits[std::to_integer<std::size_t>(b >> 4)];
        out += kDigits[std::to_integer<std::size_t>(b & std::byte{15})];
    }
    return out;
}

/// Gathers what is to be sealed from one view of the workspace. The first error ends it.
class Gatherer {
public:
    Gatherer(const store::Repositories& rows, const Key& key) : m_rows(rows), m_key(key) {}

    base::Expected<Json> run() {
        Json out{{"format", "kamei-deleted-information"}, {"version", 1}};
        for (const auto& done : {sheet(out), subjects(out), sources(out), findings(out)}) {
            if (!done) {
                return tl::unexpected(done.error());
            }
        }
        return out;
    }

private:
    using Done = base::Expected<void>;

    Done sheet(Json& out) {
        const auto title = m_rows.meta.get("title");
        const auto values = m_rows.meta.sheet();
        if (!title || !values) {
            return tl::unexpected(title ? values.error() : title.error());
        }
        out["title"] = title->value_or("");
        out["sealedAt"] = base::iso8601(base::nowMs());
        out["keepUntil"] = values->keepUntil;
        out["keepReason"] = values->keepReason;
        out["key"] = hexadecimal(m_key.bytes());
        return {};
    }

    Done subjects(Json& out) {
        const auto all = m_rows.subjects.all();
        if (!all) {
            return tl::unexpected(all.error());
        }
        Json list = Json::array();
        Json known = Json::array();
        for (const model::Subject& one : *all) {
            list.push_back({{"id", one.id.value},
                            {"pseudonym", one.pseudonym},
                            {"key", one.key},
                            {"shiftDays", m_key.dateShiftDays(one.key)},
                            {"patientId", one.hint.patientId},
                            {"issuer", one.hint.issuer},
                            {"names", one.hint.names},
                            {"birthDate", one.hint.birthDate},
                            {"sex", one.hint.sex},
                            {"mergedInto", one.mergedInto.value}});
            if (auto done = addKnown(one.id, known); !done) {
                return done;
            }
        }
        if (auto done = addKnown({}, known); !done) { // of the whole cohort
            return done;
        }
        const auto settled = m_rows.claims.settled();
        if (!settled) {
            return tl::unexpected(settled.error());
        }
        Json judged = Json::array();
        for (const auto& [pair, reason] : *settled) {
            judged.push_back({{"one", pair.first.value}, {"two", pair.second.value}, {"reason", reason}});
        }
        out["settled"] = std::move(judged);
        out["subjects"] = std::move(list);
        out["known"] = std::move(known);
        return {};
    }

    Done addKnown(base::SubjectId subject, Json& out) {
        const auto values = m_rows.known.of(subject);
        if (!values) {
            return tl::unexpected(values.error());
        }
        for (const model::KnownIdentifier& one : *values) {
            out.push_back({{"subject", subject.value}, {"kind", one.kind}, {"value", one.value}});
        }
        return {};
    }

    Done sources(Json& out) {
        Json list = Json::array();
        base::SourceId after;
        for (;;) {
            const auto page = m_rows.sources.page(after, kPage);
            if (!page) {
                return tl::unexpected(page.error());
            }
            for (const model::Source& one : *page) {
                list.push_back({{"asset", one.asset.value},
                                {"path", one.path.string()},
                                {"member", one.member},
                                {"sha256", one.sha256.hex()}});
                after = one.id;
            }
            if (static_cast<std::int64_t>(page->size()) < kPage) {
                break;
            }
        }
        out["sources"] = std::move(list);
        return {};
    }

    Done findings(Json& out) {
        const auto assets = m_rows.assets.list({});
        if (!assets) {
            return tl::unexpected(assets.error());
        }
        Json list = Json::array();
        for (const store::AssetRecord& record : *assets) {
            store::FindingFilter filter;
            filter.asset = record.asset.id;
            const auto found = m_rows.findings.list(filter);
            if (!found) {
                return tl::unexpected(found.error());
            }
            for (const model::Finding& one : *found) {
                list.push_back({{"asset", one.asset.value},
                                {"subject", one.subject.value},
                                {"locator", model::toText(one.locator)},
                                {"label", one.label},
                                {"rule", one.rule},
                                {"text", one.text},
                                {"action", model::word(one.effective())},
                                {"detail", one.detail}});
            }
        }
        out["findings"] = std::move(list);
        return {};
    }

    const store::Repositories& m_rows;
    const Key& m_key;
};

base::Expected<std::string> gather(Session::Internals& internals) {
    const auto bytes = internals.key();
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const auto key = Key::fromBytes(bytes->span());
    if (!key) {
        return tl::unexpected(key.error());
    }
    auto reading = internals.read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto json = Gatherer(**reading, *key).run();
    if (!json) {
        return tl::unexpected(json.error());
    }
    // Paths may be no UTF-8: marked, since JSON cannot hold them.
    return json->dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::filesystem::path sealedFile(const Session& session) {
    std::filesystem::path folder = std::filesystem::absolute(session.folder()).lexically_normal();
    if (!folder.has_filename()) { // written with a slash at the end
        folder = folder.parent_path();
    }
    folder += kSealedSuffix;
    return folder;
}

base::Expected<base::Sha256> sealDeletedInformation(Session& session, const base::Redacted& passphrase) {
    auto plain = gather(session.internals());
    if (!plain) {
        return tl::unexpected(plain.error());
    }
    const auto sealed = keys::seal(std::as_bytes(std::span(plain->data(), plain->size())), passphrase);
    base::wipe(*plain);
    if (!sealed) {
        return tl::unexpected(sealed.error());
    }
    const std::string_view bytes(reinterpret_cast<const char*>(sealed->data()), sealed->size());
    if (auto written = base::writeFileAtomically(sealedFile(session), bytes); !written) {
        return tl::unexpected(written.error());
    }
    return base::sha256(bytes);
}

namespace {

constexpr std::uint64_t kLargestSealed = std::uint64_t{4} << 30;

std::filesystem::path workspaceBeside(const std::filesystem::path& file) {
    const std::string name = std::filesystem::absolute(file).lexically_normal().string();
    return name.ends_with(kSealedSuffix)
               ? std::filesystem::path(name.substr(0, name.size() - kSealedSuffix.size()))
               : std::filesystem::path();
}

base::Expected<void> noteInWorkspace(const std::filesystem::path& folder, const base::Sha256& sealed,
                                     bool opened, const std::string& by, const std::string& reason) {
    const auto session = Session::open(folder, OpenMode::ReadWrite);
    if (!session) {
        return tl::unexpected(session.error());
    }
    Session::Internals& internals = (*session)->internals();
    auto writing = internals.write();
    if (!writing) {
        return tl::unexpected(writing.error());
    }
    audit::Details details = audit::Details().digest("sealed", sealed);
    if (!reason.empty()) {
        details.digest("reason", base::sha256(reason));
    }
    const std::string_view event = opened ? "deleted-information.opened" : "deleted-information.refused";
    if (auto logged = internals.log(*writing, by, event, details); !logged) {
        return logged;
    }
    return writing->commit();
}

base::Expected<void> noteBeside(const std::filesystem::path& file, const base::Sha256& sealed, bool opened,
                                const std::string& by, const std::string& reason) {
    std::filesystem::path list = file;
    list += ".openings";
    constexpr std::uint64_t kLargestList = 16 << 20;
    auto before = base::readFile(list, kLargestList);
    if (!before && before.error().code != base::ErrorCode::NotFound) {
        return tl::unexpected(before.error());
    }
    const Json row{{"at", base::iso8601(base::nowMs())},
                   {"by", by},
                   {"event", opened ? "opened" : "refused"},
                   {"sealed", sealed.hex()},
                   {"reason", base::sha256(reason).hex()}};
    return base::writeFileAtomically(list, before.value_or("") + row.dump() + "\n");
}

} // namespace

base::Expected<base::SecretBytes> openSealed(const std::filesystem::path& file,
                                             const base::Redacted& passphrase, const std::string& by,
                                             const std::string& reason) {
    const auto content = base::readFile(file, kLargestSealed);
    if (!content) {
        return tl::unexpected(content.error());
    }
    auto opened = keys::unseal(std::as_bytes(std::span(*content)), passphrase);
    if (!opened && opened.error().code != base::ErrorCode::PermissionDenied) {
        return opened; // no sealed file: nothing was tried
    }
    const auto folder = workspaceBeside(file);
    std::error_code error;
    const bool beside = !folder.empty() && std::filesystem::exists(store::Layout{folder}.database(), error);
    const auto noted = beside
                           ? noteInWorkspace(folder, base::sha256(*content), opened.has_value(), by, reason)
                           : noteBeside(file, base::sha256(*content), opened.has_value(), by, reason);
    if (opened && !noted) {
        return tl::unexpected(noted.error());
    }
    return opened;
}

base::Expected<void> destroySealed(Session& session, const std::string& by) {
    const std::filesystem::path file = sealedFile(session);
    const auto content = base::readFile(file, kLargestSealed);
    if (!content) {
        return tl::unexpected(content.error());
    }
    Session::Internals& internals = session.internals();
    const base::Sha256 digest = base::sha256(*content);
    auto writing = internals.write();
    if (!writing) {
        return tl::unexpected(writing.error());
    }
    if (auto gone = base::shredFile(file); !gone) {
        return gone;
    }
    for (auto done : {(*writing)->meta.set(kKeptUntil, ""),
                      internals.log(*writing, by, "deleted-information.sealed-destroyed",
                                    audit::Details().digest("sealed", digest))}) {
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
    return internals.recordDestruction("destruction-of-kept.json", by, "sealed " + digest.hex(), *head);
}

} // namespace kamei::job
