#include "CliRunner.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QMap>
#include <QProcess>
#include <QtTest>

namespace journeys {
namespace {

constexpr int kTimeoutMs = 600'000; // machines that test are slow and shared

QProcessEnvironment environment(const QString& language) {
    QProcessEnvironment out = QProcessEnvironment::systemEnvironment();
    out.remove("LC_ALL");
    out.remove("LC_MESSAGES");
    out.insert("LANG", language);
    return out;
}

} // namespace

QList<QJsonObject> Outcome::rows() const {
    QList<QJsonObject> rows;
    for (const QByteArray& line : out.split('\n')) {
        if (!line.isEmpty()) {
            rows.append(QJsonDocument::fromJson(line).object());
        }
    }
    return rows;
}

QString program() {
    const QString fromEnvironment = qEnvironmentVariable("KAMEI_CLI");
    return fromEnvironment.isEmpty() ? QCoreApplication::applicationDirPath() + "/kamei-cli"
                                     : fromEnvironment;
}

Outcome run(const QStringList& arguments, const QByteArray& input, const QString& language) {
    QProcess process;
    process.setProcessEnvironment(environment(language));
    process.start(program(), arguments);
    process.write(input);
    process.closeWriteChannel();
    Outcome out;
    if (!process.waitForFinished(kTimeoutMs)) {
        process.kill();
        process.waitForFinished();
    }
    out.crashed = process.exitStatus() == QProcess::CrashExit;
    out.exit = out.crashed ? -1 : process.exitCode();
    out.out = process.readAllStandardOutput();
    out.err = process.readAllStandardError();
    return out;
}

bool runAndKill(const QStringList& arguments, int afterMs) {
    QProcess process;
    process.setProcessEnvironment(environment("C"));
    process.start(program(), arguments);
    process.waitForStarted();
    const bool ended = process.waitForFinished(afterMs);
    if (!ended) {
        process.kill();
        process.waitForFinished();
    }
    return !ended;
}

void writeFile(const QString& path, const QByteArray& content) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray readFile(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QMap<QString, QByteArray> hashes(const QString& folder) {
    QMap<QString, QByteArray> out;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        out.insert(QDir(folder).relativeFilePath(path),
                   QCryptographicHash::hash(readFile(path), QCryptographicHash::Sha256).toHex());
    }
    return out;
}

void copyFolder(const QString& from, const QString& to) {
    QVERIFY(QProcess::execute("cp", {"-a", from, to}) == 0);
}

} // namespace journeys
