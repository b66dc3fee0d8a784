#pragma once

#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "core/detect/attribute/AttributeDetector.h"
#include "core/intake/dicom/DicomFormat.h"
#include "core/transform/dicom/DicomTransform.h"

namespace kamei::test {

/// Collects what a transform writes.
struct Collected final : transform::ByteSink {
    std::string bytes;
    base::Expected<void> write(std::span<const std::byte> data) override {
        bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
        return {};
    }
};

inline model::Policy policyOf(std::string_view name) {
    model::Policy out;
    out.name = name;
    if (name == "guideline-2024") {
        out.options = {"clean-pixel-data",         "clean-visual-features", "clean-graphics",
                       "clean-structured-content", "clean-descriptors",     "modified-dates",
                       "patient-characteristics",  "device-identity",       "safe-private"};
    }
    return out;
}

/// Detects, accepts every suggestion of an attribute, and writes: what the jobs do, without a workspace.
class DicomWriting {
public:
    explicit DicomWriting(std::string_view policy) : m_policy(policyOf(policy)) {
        m_subject.id.value = 1;
        m_subject.key = "H|1";
        m_subject.pseudonym = "S-000000000001";
    }

    model::Source source(const std::string& file, const std::string& name) {
        model::Source out;
        out.path = m_folder.filePath(QString::fromStdString(name)).toStdString();
        std::ofstream(out.path, std::ios::binary) << file;
        out.format = "dicom";
        out.stamp = *base::fileStamp(out.path);
        out.frames = 1;
        return out;
    }
    std::vector<model::Finding> accepted(std::span<const model::Source> sources) {
        const detect::Context context{*m_rules, m_policy, {}, {}, {}};
        auto found = detect::attribute::detectDicom(m_asset, sources, context);
        if (!found) {
            return {};
        }
        for (model::Finding& finding : found->findings) {
            if (finding.locator.kind == model::Locator::Kind::Attribute) {
                finding.state = model::DecisionState::Accepted;
                finding.action = finding.suggested;
            }
        }
        return std::move(found->findings);
    }
    base::Expected<std::unique_ptr<transform::Transform>>
    compile(std::span<const model::Finding> findings, std::span<const model::Source> sources = {}) {
        return transform::dicom::compileDicom(m_asset, findings, {m_policy, m_key, m_subject, sources});
    }
    /// The whole way for one file.
    base::Expected<std::string> written(const std::string& file) {
        const model::Source in = source(file, "one");
        const auto findings = accepted(std::span(&in, 1));
        const auto compiled = compile(findings, std::span(&in, 1));
        if (!compiled) {
            return tl::unexpected(compiled.error());
        }
        Collected out;
        const auto result = (*compiled)->apply(in, out);
        return result ? base::Expected<std::string>(std::move(out.bytes)) : tl::unexpected(result.error());
    }
    static model::Finding maskFinding(const model::Mask& mask) {
        model::Finding out;
        out.locator.kind = model::Locator::Kind::Pixels;
        out.locator.rect = mask.rect;
        out.locator.frames = mask.frames;
        out.rule = "image-content.burned-in-text";
        out.origin = model::Origin::Person;
        out.requirement = model::Requirement::Required;
        out.suggested = out.action = model::Action::Mask;
        out.state = model::DecisionState::Accepted;
        out.detail = "{\"mask\":" + model::toJson(mask) + "}";
        return out;
    }

    model::Asset& asset() { return m_asset; }
    model::Policy& policy() { return m_policy; }
    model::Subject& subject() { return m_subject; }
    const transform::pseudonym::Key& key() const { return m_key; }

private:
    QTemporaryDir m_folder;
    model::Asset m_asset;
    model::Policy m_policy;
    model::Subject m_subject;
    base::Expected<guideline::RuleTable> m_rules = guideline::RuleTable::load();
    transform::pseudonym::Key m_key = *transform::pseudonym::Key::fromBytes(std::array<std::byte, 32>{});
};

} // namespace kamei::test
