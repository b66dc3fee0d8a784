#pragma once

#include <QDirIterator>
#include <QFile>
#include <QTest>
#include <initializer_list>
#include <string>
#include <vector>

#include "core/model/Finding.h"

// What tests of recordings decide, and the shared samples that they read where those are present.
namespace kamei::test {

inline void keepAll(std::vector<model::Finding>& findings) {
    for (model::Finding& finding : findings) {
        finding.state = model::DecisionState::Rejected;
    }
}

inline void deleteAll(std::vector<model::Finding>& findings) {
    for (model::Finding& finding : findings) {
        finding.state = model::DecisionState::Changed;
        finding.action = model::Action::Delete;
    }
}

inline QString sampleFolder() {
    const QString set = qEnvironmentVariable("KAMEI_SHARED");
    return (set.isEmpty() ? QStringLiteral(KAMEI_SHARED_DEFAULT) : set) + "/data/samples/waveform";
}

/// A row for each sample that ends so, and one without a path.
inline void addSampleRows(std::initializer_list<const char*> endings) {
    QTest::addColumn<QString>("path");
    QTest::newRow("none") << QString();
    QDirIterator files(sampleFolder(), QDir::Files, QDirIterator::Subdirectories);
    int number = 0;
    while (files.hasNext()) {
        const QString path = files.next();
        for (const char* ending : endings) {
            if (path.endsWith(QLatin1String(ending), Qt::CaseInsensitive)) {
                QTest::newRow(qPrintable("sample " + QString::number(++number))) << path;
            }
        }
    }
}

/// Its bytes; empty when it cannot be read.
inline std::string sampleBytes(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace kamei::test
