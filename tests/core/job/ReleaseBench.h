#pragma once

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QtTest>
#include <memory>
#include <vector>

#include "SmallCohort.h"
#include "core/job/Assessment.h"
#include "core/job/Job.h"

namespace kamei::test {

inline constexpr const char* kPassphrase = "twelve chars"; // exactly as many as are asked for

inline QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What tests of releases begin with: a workspace for the small cohort in a folder of its own, and the steps
/// up to an open gate.
class ReleaseBench : public QObject {
protected:
    void makeSession() {
        m_session.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_cohort = m_folder->filePath("cohort");
        journeys::writeSmallCohort(m_cohort);
        auto made = job::Session::create(m_folder->filePath("ws").toStdString(), {"title", "purpose", {}});
        QVERIFY(made.has_value());
        m_session = *made;
    }

    job::Report run(std::unique_ptr<job::Job> job) {
        const auto report = job->run({}, m_progress);
        if (!report) {
            qWarning() << "job failed:" << base::errorWord(report.error().code).data()
                       << report.error().place.c_str();
            return {};
        }
        return *report;
    }

    void decideAll() {
        decide::Decide edit;
        edit.reason = "one slice shows no face";
        job::FindingQuery query;
        query.openOnly = true;
        const auto open = m_session->findings(query);
        QVERIFY(open.has_value());
        for (const model::Finding& finding : *open) {
            edit.findings.push_back(finding.id);
        }
        QVERIFY(m_session->apply(edit, "tester").has_value());
    }

    std::vector<job::AssetRow> assets() const { return m_session->assets({}).value(); }

    job::AssetRow assetOf(model::AssetKind kind) const {
        for (const job::AssetRow& row : assets()) {
            if (row.asset.kind == kind) {
                return row;
            }
        }
        return {};
    }

    void confirmAll() {
        job::AssetQuery included;
        included.includeExcluded = false;
        const auto rows = m_session->assets(included).value();
        for (const job::AssetRow& row : rows) {
            model::Confirmation confirmation;
            confirmation.asset = row.asset.id;
            confirmation.sha256 = m_session->stagedDigest(row.asset.id).value();
            confirmation.reviewer = "tester";
            confirmation.shown = confirmation.total = 1;
            const auto done = m_session->confirm(confirmation);
            QVERIFY2(done.has_value(), done ? "" : base::errorWord(done.error().code).data());
        }
    }

    /// Confirms everything, fills in the sheet and gives reasons for who is singled out.
    void openTheGate(bool keep) {
        confirmAll();
        model::PurposeSheet sheet{"a",
                                  "b",
                                  "c",
                                  "d",
                                  "e",
                                  "f",
                                  "g",
                                  "h",
                                  keep,
                                  keep ? "needed for linkage" : "",
                                  keep ? "2999-12-31" : ""};
        QVERIFY(m_session->apply(decide::SetSheet{sheet}, "tester").has_value());
        const auto people = m_session->subjects({}).value();
        for (const job::SubjectRow& row : people) {
            if (row.id.valid()) {
                QVERIFY(m_session->setRiskReason(row.id, "one person in this test", "tester").has_value());
            }
        }
    }

    /// A release with a passphrase, without one when it is empty.
    job::ReleaseSpec releaseTo(const QString& out, const char* passphrase) const {
        job::ReleaseSpec spec;
        spec.out = out.toStdString();
        spec.by = "tester";
        if (*passphrase != '\0') {
            spec.passphrase.emplace("passphrase", passphrase);
        }
        return spec;
    }

    /// Where deleted information is kept.
    [[nodiscard]] QString sealed() const { return m_folder->filePath("ws.deleted-information"); }

    base::NoProgress m_progress;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_cohort;
    std::shared_ptr<job::Session> m_session;
};

} // namespace kamei::test
