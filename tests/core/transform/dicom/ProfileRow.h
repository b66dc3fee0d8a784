#pragma once

#include <QString>
#include <QStringList>

#include <map>
#include <string>
#include <vector>

#include "core/base/Resources.h"

namespace kamei::test {

/// Rows of PS3.15 Table E.1-1, the dictionary and the types in IODs, read from the resources by code of the
/// test's own, so that the profile engine is not measured by itself.
struct ProfileRow {
    std::uint32_t tag = 0;
    QString name;
    QString vr;
    QString basic;
    std::map<QString, QChar> options;
};

class ProfileRows {
public:
    ProfileRows() {
        std::map<QString, QString> vrs;
        for (const QStringList& f : table("dicom/attributes.tsv")) {
            vrs[f[0]] = f[1].section(' ', 0, 0);
        }
        QStringList header;
        for (const QStringList& f : table("dicom/confidentiality.tsv")) {
            if (f[0] == "tag") {
                header = f;
                continue;
            }
            ProfileRow row;
            // Repeating groups stand for their first one; every attribute of a curve for its data.
            row.tag = (f[0] == "50xxxxxx" ? QString("50003000") : QString(f[0]).replace('x', '0'))
                          .toUInt(nullptr, 16);
            row.name = f.last();
            row.vr = f[0] == "50xxxxxx" ? "OB" : f[0] == "60xx3000" ? "OW" : vrs[f[0]];
            row.basic = f[1];
            for (qsizetype i = 2; i < f.size() - 2; ++i) {
                if (f[i] != "-") {
                    row.options[header[i]] = f[i][0];
                }
            }
            if (f[0] != "private") {
                rows.push_back(row);
            }
        }
        options = header.mid(2, header.size() - 4);
        std::map<QString, QStringList> iodsOfModule;
        std::map<QString, QString> classOfIod;
        for (const QStringList& f : table("dicom/iods.tsv")) {
            if (f[0] == "sop") {
                classOfIod.emplace(f[2], f[1]);
            } else if (f[0] == "iod") {
                iodsOfModule[f[2]] << f[1];
            } else if (f[0] == "type") {
                for (const QString& iod : iodsOfModule[f[1]]) {
                    int& type = m_types[{classOfIod[iod], f[2]}];
                    type = type == 0 ? f[3].toInt() : std::min(type, f[3].toInt());
                }
            }
        }
    }
    /// One SOP class for each type (1, 2, 3) that an attribute of the data set has in some IOD.
    [[nodiscard]] std::map<int, QString> classesByType(std::uint32_t tag) const {
        std::map<int, QString> out;
        const QString digits = QString("%1").arg(tag, 8, 16, QChar('0')).toUpper();
        for (const auto& [place, type] : m_types) {
            if (place.second == digits) {
                out.emplace(type, place.first);
            }
        }
        return out;
    }
    /// SOP class, "PARENT.TAG" or "TAG" -> the strictest type.
    [[nodiscard]] const std::map<std::pair<QString, QString>, int>& types() const { return m_types; }

    static std::vector<QStringList> table(const char* resource) {
        std::vector<QStringList> out;
        for (const QString& line :
             QString::fromStdString(base::readResource(resource).value_or("")).split('\n')) {
            if (!line.startsWith('#') && !line.isEmpty()) {
                out.push_back(line.split('\t'));
            }
        }
        return out;
    }

    std::vector<ProfileRow> rows;
    QStringList options;

private:
    std::map<std::pair<QString, QString>, int> m_types;
};

/// What Table E.1-1a makes of a code: the letters X Z D U K C alone, combinations settled by the type.
inline QChar actionFor(const ProfileRow& row, const QString& option, int type) {
    if (const auto found = row.options.find(option); found != row.options.end()) {
        return found->second;
    }
    const QString& code = row.basic;
    if (!code.contains('/')) {
        return code[0];
    }
    if (code == "Z/D") {
        return type == 1 ? 'D' : 'Z';
    }
    if (type == 3) {
        return 'X';
    }
    if (code == "X/Z") {
        return 'Z';
    }
    if (code == "X/D") {
        return 'D';
    }
    return type == 2 ? QChar('Z') : code.endsWith("U*") ? QChar('U') : QChar('D'); // X/Z/D, X/Z/U*
}

} // namespace kamei::test
