#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QStringList>

/// Runs kamei-cli as a person at a terminal would, and reads what it prints.
namespace journeys {

/// Exit codes of the command line, as app/cli/Output.h states them.
enum Exit { Done = 0, Open = 1, Usage = 2, Unreadable = 3, Workspace = 4 };

struct Outcome {
    int exit = -1;
    bool crashed = false;
    QByteArray out;
    QByteArray err;

    /// The printed lines as JSON objects; a line that is none becomes an empty object.
    [[nodiscard]] QList<QJsonObject> rows() const;
};

[[nodiscard]] QString program();
[[nodiscard]] Outcome run(const QStringList& arguments, const QByteArray& input = {},
                          const QString& language = "C");
/// Starts a command and kills it (SIGKILL) after some milliseconds. Whether it was still running then.
bool runAndKill(const QStringList& arguments, int afterMs);

void writeFile(const QString& path, const QByteArray& content);
[[nodiscard]] QByteArray readFile(const QString& path);
/// SHA-256 (hexadecimal) of each file below a folder, by relative path.
[[nodiscard]] QMap<QString, QByteArray> hashes(const QString& folder);
void copyFolder(const QString& from, const QString& to);

} // namespace journeys
