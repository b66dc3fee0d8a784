#include "core/release/Manifest.h"

#include <nlohmann/json.hpp>

#include "core/release/Layout.h"

namespace kamei::release {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kFormat = "kamei-manifest";
constexpr int kVersion = 1;

constexpr std::string_view kSignatureFormat = "kamei-signature";
/// For what a manifest's digest is signed (keys::Identity::sign).
constexpr std::string_view kSigned = "manifest";

Json toJson(const keys::Person& person) {
    return {{"name", person.name},
            {"role", keys::word(person.role)},
            {"publicKey", person.key.hex()},
            {"fingerprint", person.key.fingerprint()}};
}

std::optional<keys::Person> personFrom(const Json& json) {
    const auto text = [&](const char* name) {
        return json.is_object() && json.contains(name) && json[name].is_string()
                   ? json[name].get<std::string>()
                   : std::string{};
    };
    const auto role = keys::roleFromWord(text("role"));
    const auto key = keys::PublicKey::fromHex(text("publicKey"));
    return role && key ? std::optional(keys::Person{text("name"), *role, *key}) : std::nullopt;
}

} // namespace

std::string signatureJson(const base::Sha256& manifest, const keys::Identity& signer) {
    const Json out{{"format", kSignatureFormat},
                   {"version", kVersion},
                   {"manifest", manifest.hex()},
                   {"signedBy", toJson(signer.person())},
                   {"signature", signer.sign(kSigned, std::span<const std::byte>(manifest.bytes)).hex()}};
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

base::Expected<std::optional<keys::Person>> signerOf(std::string_view manifest) {
    const Json document = Json::parse(manifest, nullptr, false);
    if (!document.is_object()) {
        return base::fail(base::ErrorCode::Malformed, "release.manifest");
    }
    if (!document.contains("signedBy")) {
        return std::optional<keys::Person>();
    }
    const auto person = personFrom(document["signedBy"]);
    return person ? base::Expected<std::optional<keys::Person>>(person)
                  : base::fail(base::ErrorCode::Malformed, "release.manifest");
}

bool signatureHolds(std::string_view signature, const base::Sha256& manifest, const keys::Person& signer) {
    const Json document = Json::parse(signature, nullptr, false);
    if (!document.is_object() || document.value("format", std::string()) != kSignatureFormat ||
        !document.contains("signature") || !document["signature"].is_string()) {
        return false;
    }
    const auto bytes = keys::Signature::fromHex(document["signature"].get<std::string>());
    return bytes && keys::verify(signer.key, kSigned, std::span<const std::byte>(manifest.bytes), *bytes);
}

std::string manifestJson(std::span<const ReleaseFile> files, std::span<const std::string> paths,
                         std::span<const ManifestEntry> documents, const ReportData& report,
                         const keys::Person* signer) {
    Json out;
    out["format"] = kFormat;
    out["version"] = kVersion;
    out["title"] = report.title;
    out["createdAt"] = base::iso8601(report.createdAt);
    out["tool"] = {{"name", "Kamei"}, {"version", report.toolVersion}};
    out["policy"] = {{"name", report.policy.name}, {"options", report.policy.options}};
    out["rulesEdition"] = report.rulesEdition;
    out["audit"] = {{"entries", report.auditEntries}, {"head", report.auditHead}};
    if (signer != nullptr) {
        out["signedBy"] = toJson(*signer);
    }
    Json& list = out["files"] = Json::array();
    for (std::size_t i = 0; i < files.size(); ++i) {
        const ReleaseFile& file = files[i];
        Json entry;
        entry["path"] = paths[i];
        entry["sha256"] = file.sha256.hex();
        entry["size"] = file.size;
        entry["kind"] = model::word(file.kind);
        entry["subject"] = file.pseudonym.empty() ? Json(nullptr) : Json(file.pseudonym);
        if (!file.deletedUnder.empty()) { // the file is the record that something was there
            entry["deleted"] = file.deletedUnder;
        }
        entry["confirmation"] = {{"by", file.reviewer},
                                 {"at", base::iso8601(file.confirmedAt)},
                                 {"digest", file.confirmedDigest.hex()}};
        list.push_back(std::move(entry));
    }
    Json& others = out["documents"] = Json::array();
    for (const ManifestEntry& document : documents) {
        others.push_back(
            {{"path", document.path}, {"sha256", document.sha256.hex()}, {"size", document.size}});
    }
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

base::Expected<std::vector<ManifestEntry>> parseManifest(std::string_view json) {
    const auto malformed = [] { return base::fail(base::ErrorCode::Malformed, "release.manifest"); };
    const Json document = Json::parse(json, nullptr, false);
    if (!document.is_object() || !document.contains("format") || document["format"] != kFormat ||
        !document.contains("version") || document["version"] != kVersion) {
        return malformed();
    }
    std::vector<ManifestEntry> out;
    for (const char* part : {"files", "documents"}) {
        if (!document.contains(part) || !document[part].is_array()) {
            return malformed();
        }
        for (const Json& entry : document[part]) {
            if (!entry.is_object() || !entry.contains("path") || !entry["path"].is_string() ||
                !entry.contains("sha256") || !entry["sha256"].is_string() || !entry.contains("size") ||
                !entry["size"].is_number_unsigned()) {
                return malformed();
            }
            const auto digest = base::Sha256::fromHex(entry["sha256"].get<std::string>());
            if (!digest) {
                return malformed();
            }
            std::string path = entry["path"].get<std::string>();
            if (!isPlainPath(path)) {
                return base::fail(base::ErrorCode::PathRefused, "release.manifest");
            }
            out.push_back({std::move(path), *digest, entry["size"].get<std::uint64_t>()});
        }
    }
    return out;
}

} // namespace kamei::release
