#pragma once

#include <QTemporaryDir>
#include <string>

#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/model/Review.h"

// Made-up values for tests of the workspace; nobody's.
namespace kamei::sample {

inline std::filesystem::path folderIn(const QTemporaryDir& parent, const char* name = "ws") {
    return std::filesystem::path(parent.path().toStdString()) / name;
}

inline model::Asset asset(model::AssetKind kind, const std::string& group, base::SubjectId subject = {}) {
    model::Asset out;
    out.kind = kind;
    out.group = group;
    out.subject = subject;
    out.title = "title of " + group;
    out.importedAt = 1;
    return out;
}

inline model::Source source(base::AssetId asset, const std::string& name, std::int32_t frames = 1) {
    model::Source out;
    out.asset = asset;
    out.path = "/data/" + name;
    out.stamp = {100, 200};
    out.sha256 = base::sha256(name);
    out.format = "text";
    out.facts = "{}";
    out.frames = frames;
    return out;
}

inline model::Finding finding(base::AssetId asset, std::int64_t start, const std::string& text,
                              model::Category category = model::Category::Identifier,
                              model::Requirement requirement = model::Requirement::Required) {
    model::Finding out;
    out.asset = asset;
    out.locator.kind = model::Locator::Kind::Text;
    out.locator.start = start;
    out.locator.end = start + 4;
    out.text = text;
    out.label = "PATIENT_NAME";
    out.rule = "clinical-text.patient-name";
    out.detector = "text.mecab";
    out.category = category;
    out.requirement = requirement;
    out.suggested = model::Action::Delete;
    return out;
}

inline model::StagedFile staged(const model::Source& source, const std::string& content) {
    model::StagedFile out;
    out.source = source.id;
    out.asset = source.asset;
    out.sha256 = base::sha256(content);
    out.path = "staged/" + out.sha256.hex();
    out.size = content.size();
    out.plan = base::sha256("plan");
    out.stagedAt = 5;
    return out;
}

} // namespace kamei::sample
