#pragma once

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <memory>

#include "core/base/FileIo.h"
#include "core/detect/Detector.h"
#include "core/intake/Format.h"
#include "core/transform/Transform.h"

namespace kamei::test {

/// One file on its way from bytes to processed bytes, without a workspace.
class RecordBench {
public:
    RecordBench() {
        auto rules = guideline::RuleTable::load();
        if (!rules || !m_folder.isValid()) {
            qFatal("no rules or no folder");
        }
        m_rules = std::make_unique<guideline::RuleTable>(std::move(*rules));
        m_policy.options = {"modified-dates", "patient-characteristics", "clean-descriptors",
                            "device-identity"};
        m_subject.id.value = 1;
        m_subject.key = "|00458812";
        m_subject.pseudonym = "S-0123456789AB";
    }

    static const intake::Format* recognise(const std::string& bytes, const std::string& extension) {
        const std::string head = bytes.substr(0, 4096);
        return intake::recognise(
            {std::as_bytes(std::span(head.data(), head.size())), bytes.size(), extension});
    }

    struct Outcome {
        intake::Description description;
        std::vector<model::Finding> findings;
        std::vector<model::KnownIdentifier> known;
        std::string bytes; ///< processed as suggested
        std::string extension;
        std::string name;
        std::string deletedUnder;
        std::optional<base::Error> error;

        [[nodiscard]] const model::Finding* find(std::string_view rule, std::string_view path = {}) const {
            const auto row = std::ranges::find_if(findings, [&](const model::Finding& f) {
                return f.rule == rule && (path.empty() || f.locator.path == path);
            });
            return row == findings.end() ? nullptr : &*row;
        }
    };

    using Decide = void (*)(std::vector<model::Finding>& findings);

    Outcome run(const std::string& bytes, const std::string& extension, bool onePerson = true,
                Decide decide = nullptr, std::vector<model::KnownIdentifier> known = {},
                std::vector<model::Subject> cohort = {}) {
        Outcome out;
        const intake::Format* format = recognise(bytes, extension);
        if (format == nullptr) {
            out.error = base::Error{base::ErrorCode::UnknownFormat, {}, {}};
            return out;
        }
        const QString path = m_folder.filePath("file." + QString::fromStdString(extension));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), qint64(bytes.size())) < 0) {
            qFatal("cannot write a test file");
        }
        file.close();
        auto description = format->describe({path.toStdString(), {}}, bytes);
        if (!description) {
            out.error = description.error();
            return out;
        }
        out.description = *description;
        model::Asset asset;
        asset.kind = description->kind;
        asset.group = description->group;
        asset.subject.value = onePerson ? 1 : 0;
        model::Source source;
        source.path = path.toStdString();
        source.format = format->id;
        source.facts = description->facts;
        source.sha256 = base::sha256(bytes);
        source.stamp = base::fileStamp(source.path).value_or(base::FileStamp{});
        const std::vector<model::Source> sources{source};
        auto found =
            detect::detectorFor(format->id)->detect(asset, sources, {*m_rules, m_policy, known, {}, {}});
        if (!found) {
            out.error = found.error();
            return out;
        }
        out.findings = found->findings;
        out.known = found->known;
        std::vector<model::Finding> acting = found->findings;
        for (model::Finding& finding : acting) {
            finding.state = model::DecisionState::Accepted;
        }
        if (decide != nullptr) {
            decide(acting);
        }
        const model::Subject nobody;
        auto compiled = transform::compile(
            format->id, asset, acting, {m_policy, m_key, onePerson ? m_subject : nobody, sources, cohort});
        if (!compiled) {
            out.error = compiled.error();
            return out;
        }
        out.extension = (*compiled)->extension();
        out.name = (*compiled)->outputName(source);
        out.deletedUnder = (*compiled)->deletedUnder();
        Sink sink;
        if (auto done = (*compiled)->apply(source, sink); !done) {
            out.error = done.error();
            return out;
        }
        out.bytes = std::move(sink.bytes);
        return out;
    }

    [[nodiscard]] const model::Subject& subject() const { return m_subject; }
    [[nodiscard]] const transform::pseudonym::Key& key() const { return m_key; }
    [[nodiscard]] const guideline::RuleTable& rules() const { return *m_rules; }
    model::Policy& policy() { return m_policy; }

private:
    struct Sink final : transform::ByteSink {
        std::string bytes;
        [[nodiscard]] base::Expected<void> write(std::span<const std::byte> data) override {
            bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
            return {};
        }
    };
    static transform::pseudonym::Key fixedKey() {
        std::array<std::byte, 32> bytes{};
        bytes.fill(std::byte{0x5A});
        return *transform::pseudonym::Key::fromBytes(bytes);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<guideline::RuleTable> m_rules;
    model::Policy m_policy;
    model::Subject m_subject;
    transform::pseudonym::Key m_key = fixedKey();
};

} // namespace kamei::test
