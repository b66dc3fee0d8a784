#include "core/transform/Deletion.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace kamei::transform {
namespace {

/// Changes whenever the same decisions give other bytes than before.
constexpr std::string_view kVersion = "transform.deletion/1";

/// Counts of the judgement, one a line: numbers and words of ours, never text of the source.
std::string judgementLines(const std::string& detail) {
    const auto json = nlohmann::json::parse(detail, nullptr, false);
    if (!json.is_object() || !json.contains("judgement") || !json["judgement"].is_object()) {
        return {};
    }
    std::string out;
    for (const auto& [key, value] : json["judgement"].items()) {
        if (value.is_number() || value.is_boolean()) {
            out += key + ": " + value.dump() + '\n';
        } else if (key == "verdict" && value.is_string()) {
            out += key + ": " + value.get<std::string>() + '\n';
        }
    }
    return out;
}

class DeletionRecord final : public Transform {
public:
    DeletionRecord(const model::Asset& asset, const model::Finding& finding, const Context& context)
        : m_key(context.key), m_kind(model::word(asset.kind)), m_rule(finding.rule),
          m_judgement(judgementLines(finding.detail)) {
        const std::string subjectKey =
            context.subject.key.empty() ? "asset|" + asset.group : context.subject.key;
        m_pseudonym =
            context.subject.pseudonym.empty() ? m_key.pseudonymId(subjectKey) : context.subject.pseudonym;
    }

    [[nodiscard]] base::Sha256 digest() const override {
        base::Sha256Hasher hasher;
        hasher.update(std::string(kVersion) + '\n' + m_pseudonym + '\n' + m_kind + '\n' + m_rule + '\n' +
                      m_judgement);
        return hasher.finish();
    }
    [[nodiscard]] std::string_view extension() const override { return "txt"; }
    [[nodiscard]] std::string_view deletedUnder() const override { return m_rule; }

    [[nodiscard]] base::Expected<Result> apply(const model::Source& source, ByteSink& out) const override {
        const std::string record = "削除の記録 / Record of deletion\n\n"
                                   "ここにあったデータは全体を削除しました。\n"
                                   "The data that were here have been deleted as a whole.\n\n"
                                   "kind: " +
                                   m_kind + "\nformat: " + source.format + "\nrule: " + m_rule + '\n' +
                                   m_judgement;
        if (auto done = out.write(std::as_bytes(std::span(record.data(), record.size()))); !done) {
            return tl::unexpected(done.error());
        }
        return Result{};
    }

    [[nodiscard]] std::string outputName(const model::Source& source) const override {
        return m_pseudonym + '_' + m_key.token("output-name", source.sha256.hex(), "X") + "_deleted";
    }

private:
    const pseudonym::Key& m_key;
    std::string m_pseudonym;
    std::string m_kind;
    std::string m_rule;
    std::string m_judgement;
};

} // namespace

const model::Finding* wholeDeletion(std::span<const model::Finding> findings) {
    const auto found = std::find_if(findings.begin(), findings.end(), [](const model::Finding& finding) {
        return finding.locator.kind == model::Locator::Kind::Asset &&
               finding.effective() == model::Action::Delete;
    });
    return found == findings.end() ? nullptr : &*found;
}

std::unique_ptr<Transform> deletionRecord(const model::Asset& asset, const model::Finding& finding,
                                          const Context& context) {
    return std::make_unique<DeletionRecord>(asset, finding, context);
}

base::Expected<std::unique_ptr<Transform>>
compileDeletedOnly(const model::Asset&, std::span<const model::Finding>, const Context&) {
    return base::fail(base::ErrorCode::NotPossible, "transform.deleted-only", {"rewrite"});
}

} // namespace kamei::transform
