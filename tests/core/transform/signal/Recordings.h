#pragma once

#include <QDirIterator>
#include <QFile>
#include <QTest>
#include <initializer_list>
#include <string>
#include <vector>

#include "core/intake/signal/Page.h"
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

/// Columns for a row for each rule: its name, the place it speaks of, what stands there, what is proposed.
inline void addRuleColumns() {
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("action");
}

inline void addRule(const char* name, const char* rule, const char* path, const char* text,
                    model::Action action) {
    QTest::newRow(name) << rule << path << text << int(action);
}

/// What replaces every part, `marks` being characters that mean something in the format.
inline void addReplacements(const char* marks) {
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a letter") << QByteArray("Q");
    QTest::newRow("longer than any field") << QByteArray(3000, 'Q');
    QTest::newRow("Japanese") << QByteArray("仮名");
    QTest::newRow("marks of the format") << QByteArray(marks);
}

/// The recording with every part replaced by a value. Fails the test, and gives nothing, unless its length
/// stays, no old value is left, and it can be opened again.
inline std::string replaceEveryPart(const std::string& before, const char* format, const QByteArray& value) {
    const auto page = intake::signal::open(before, format);
    if (!page) {
        QTest::qFail("not opened", __FILE__, __LINE__);
        return {};
    }
    std::vector<intake::signal::Change> changes;
    for (std::size_t i = 0; i < page->places.size(); ++i) {
        const auto& part = page->text.segments()[i];
        changes.push_back({i, 0, part.end - part.start, value.toStdString()});
    }
    const auto out = intake::signal::rewrite(before, format, *page, changes);
    if (!out || out->size() != before.size() || !intake::signal::open(*out, format)) {
        QTest::qFail("not rewritten in place", __FILE__, __LINE__);
        return {};
    }
    for (const auto& part : page->text.segments()) {
        const std::string old = page->text.slice(part.start, part.end);
        if (old.size() >= 4 && out->find(old) != std::string::npos) {
            QTest::qFail(old.c_str(), __FILE__, __LINE__);
        }
    }
    return *out;
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
