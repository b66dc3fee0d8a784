#include "ui/screens/people/PeopleData.h"

#include <QCoreApplication>

#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

struct People {
    Q_DECLARE_TR_FUNCTIONS(People)
};

base::Expected<void> addPerson(const job::Session& session, const job::SubjectRow& row, PeopleData& out) {
    const auto subject = session.subject(row.id);
    if (!subject) {
        return tl::unexpected(subject.error());
    }
    if (*subject) {
        out.people[row.id] = {row, (*subject)->hint, (*subject)->pseudonym};
    }
    return {};
}

QString placeOf(const model::Source& source) {
    const auto folder = source.path.parent_path().filename();
    const QString place = text::fromUtf8((folder / source.path.filename()).string());
    return source.member.empty() ? place : place + QStringLiteral(" › ") + text::fromUtf8(source.member);
}

base::Expected<void> addNobodys(const job::Session& session, PeopleData& out) {
    job::AssetQuery query;
    query.subject = base::SubjectId{};
    query.includeExcluded = false;
    query.limit = kMostPeople;
    auto rows = session.assets(query);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    for (job::AssetRow& row : *rows) {
        if (row.asset.several) {
            continue;
        }
        const auto sources = session.sources(row.asset.id);
        if (!sources) {
            return tl::unexpected(sources.error());
        }
        const QString place = sources->empty() ? QString() : placeOf(sources->front());
        out.nobodys.push_back({std::move(row), place});
    }
    return {};
}

} // namespace

base::Expected<PeopleData> readPeople(const job::Session& session) {
    PeopleData out;
    auto doubts = job::subjectDoubts(session);
    job::SubjectQuery query;
    query.limit = kMostPeople;
    const auto rows = session.subjects(query);
    if (!doubts || !rows) {
        return tl::unexpected(doubts ? rows.error() : doubts.error());
    }
    out.doubts = std::move(*doubts);
    out.more = static_cast<std::int64_t>(rows->size()) >= kMostPeople;
    for (const job::SubjectRow& row : *rows) {
        if (!row.id.valid()) {
            continue;
        }
        if (auto done = addPerson(session, row, out); !done) {
            return tl::unexpected(done.error());
        }
    }
    if (auto done = addNobodys(session, out); !done) {
        return tl::unexpected(done.error());
    }
    for (const job::SubjectDoubt& doubt : out.doubts.doubts) {
        for (const base::SubjectId id : {doubt.one, doubt.other}) {
            if (!id.valid() || out.people.contains(id)) {
                continue;
            }
            job::SubjectRow row;
            row.id = id;
            if (const auto subject = session.subject(id); subject && *subject) {
                row.number = (*subject)->number;
            }
            if (auto done = addPerson(session, row, out); !done) {
                return tl::unexpected(done.error());
            }
        }
    }
    return out;
}

QString doubtName(job::SubjectDoubt::Kind kind) {
    using K = job::SubjectDoubt::Kind;
    switch (kind) {
    case K::BirthDates:
        return People::tr("Different birth dates are stated of one person");
    case K::Names:
        return People::tr("Different names are stated of one person: a chart number given out again?");
    case K::FamilyNames:
        return People::tr("Different family names are stated of one person: a changed surname?");
    case K::Sexes:
        return People::tr("Both sexes are stated of one person");
    case K::SharedNumber:
        return People::tr("Two people have one chart number");
    case K::SameNameBirth:
        return People::tr("Two people have one name and birth date");
    case K::ChangedName:
        return People::tr("One birth date and given name, two family names: a changed surname?");
    case K::OneBirthDate:
        return People::tr("One birth date and family name, two given names: twins?");
    case K::NearBirthDate:
        return People::tr("One name, and birth dates of which one may be mistyped");
    }
    return {};
}

QString evidenceField(const std::string& field) {
    if (field == "patient-id") {
        return People::tr("Chart number");
    }
    if (field == "birth-date") {
        return People::tr("Birth date");
    }
    return field == "sex" ? People::tr("Sex") : People::tr("Name");
}

QString evidenceValue(const std::string& field, const std::string& value) {
    const QString text = text::fromUtf8(value);
    if (field == "birth-date" && text.size() == 8) {
        return QStringLiteral("%1-%2-%3").arg(text.left(4), text.mid(4, 2), text.right(2));
    }
    if (field == "sex") {
        return value == "F" ? People::tr("female") : People::tr("male");
    }
    return QString(text)
        .replace(QLatin1Char('^'), QLatin1Char(' '))
        .replace(QLatin1Char('='), QStringLiteral(" / "));
}

} // namespace kamei::ui::screens
