#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <filesystem>
#include <vector>

#include "core/base/FileIo.h"

namespace journeys {

/// Everything that the answer key of a demo says was planted.
inline std::vector<QJsonObject> planted(const std::filesystem::path& file) {
    const auto text = kamei::base::readFile(file, 1U << 30);
    std::vector<QJsonObject> out;
    const auto rows =
        QJsonDocument::fromJson(QByteArray::fromStdString(text.value_or(""))).object()["planted"].toArray();
    for (const auto& row : rows) {
        out.push_back(row.toObject());
    }
    return out;
}

/// Values that stand as they are in texts, attributes and metadata; pixels and sounds are looked at.
inline bool isWritten(const QJsonObject& row) {
    const QString kind = row["kind"].toString();
    return !row["value"].toString().isEmpty() && kind != "burned-in" && kind != "face" && kind != "voice";
}

} // namespace journeys
