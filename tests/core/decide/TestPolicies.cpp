#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/decide/Policies.h"

using namespace kamei;
using base::ErrorCode;

class TestPolicies : public QObject {
    Q_OBJECT

private slots:
    void privateListIsReadAndWritten() {
        const auto policy = decide::policyFromJson(
            R"({"name":"guideline-2024","private":[{"creator":"ACME","group":"0029","element":"0C",)"
            R"("manufacturer":"ACME","software":"V1","action":"keep","reason":"b-value"}]})");
        QVERIFY(policy.has_value());
        QCOMPARE(policy->privateRules.size(), std::size_t{1});
        const model::PrivateRule& rule = policy->privateRules.front();
        QVERIFY(rule.keep && rule.group == 0x0029 && rule.element == 0x0C && rule.device.model.empty());
        QVERIFY(*decide::policyFromJson(decide::toJson(*policy)) == *policy);
        QCOMPARE(decide::elementText(rule.group, rule.element), std::string("(0029,xx0C)"));
    }
    void privateListIsChecked_data() {
        QTest::addColumn<QString>("row");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const char* text, ErrorCode code) {
            QTest::newRow(name) << text << static_cast<int>(code);
        };
        row("keep without a reason",
            R"("creator":"A","group":"0029","element":"0C","action":"keep","reason":" ")",
            ErrorCode::ReasonRequired);
        row("no owner", R"("creator":"","group":"0029","element":"0C","action":"delete")",
            ErrorCode::InvalidArgument);
        row("a group of the standard", R"("creator":"A","group":"0028","element":"0C","action":"delete")",
            ErrorCode::InvalidArgument);
        row("another action", R"("creator":"A","group":"0029","element":"0C","action":"shift")",
            ErrorCode::InvalidArgument);
        row("a block number", R"("creator":"A","group":"0029","element":"100C","action":"delete")",
            ErrorCode::Malformed);
        row("no group", R"("creator":"A","element":"0C","action":"delete")", ErrorCode::Malformed);
    }
    void privateListIsChecked() {
        QFETCH(QString, row);
        QFETCH(int, code);
        const auto policy =
            decide::policyFromJson(R"({"name":"guideline-2024","private":[{)" + row.toStdString() + "}]}");
        QVERIFY(!policy.has_value());
        QCOMPARE(static_cast<int>(policy.error().code), code);
    }
    void mostSpecificDeviceDecides() {
        model::Policy policy;
        policy.privateRules = {{"A", 0x0029, 1, {}, true, "r"},
                               {"A", 0x0029, 1, {"ACME", "", ""}, false, ""},
                               {"A", 0x0029, 1, {"ACME", "T9", ""}, true, "r"},
                               {"A", 0x0029, 1, {"", "T9", "V1"}, false, ""}};
        const auto keeps = [&](const model::Device& device) {
            return policy.privateRule("A", 0x0029, 1, device)->keep;
        };
        QVERIFY(keeps({"OTHER", "", ""}));
        QVERIFY(!keeps({"ACME", "T8", ""}));
        QVERIFY(keeps({"ACME", "T9", "V2"}));
        QVERIFY(!keeps({"ACME", "T9", "V1"})); // two fields each: what removes
        QVERIFY(policy.privateRule("B", 0x0029, 1, {}) == nullptr);
        QVERIFY(policy.privateRule("A", 0x0029, 2, {}) == nullptr);
    }
    void textIsRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("has");
        QTest::addColumn<QString>("hasNot");
        QTest::addColumn<QString>("shortest");
        QTest::newRow("default") << "guideline-2024"
                                 << "guideline-2024"
                                 << "modified-dates"
                                 << "full-dates"
                                 << "guideline-2024";
        QTest::newRow("name that another begins with") << "guideline-2024-required"
                                                       << "guideline-2024-required"
                                                       << ""
                                                       << "uids"
                                                       << "guideline-2024-required";
        QTest::newRow("option added") << "dicom-basic+clean-pixel-data"
                                      << "dicom-basic"
                                      << "clean-pixel-data"
                                      << "uids"
                                      << "dicom-basic+clean-pixel-data";
        QTest::newRow("option taken away") << "guideline-2024-safe-private"
                                           << "guideline-2024"
                                           << "modified-dates"
                                           << "safe-private"
                                           << "guideline-2024-safe-private";
        QTest::newRow("full dates replace modified dates") << "guideline-2024+full-dates"
                                                           << "guideline-2024"
                                                           << "full-dates"
                                                           << "modified-dates"
                                                           << "guideline-2024+full-dates-modified-dates";
        QTest::newRow("later word wins") << "dicom-basic+uids-uids"
                                         << "dicom-basic"
                                         << ""
                                         << "uids"
                                         << "dicom-basic";
        QTest::newRow("several") << "dicom-basic+uids-safe-private+institution-identity"
                                 << "dicom-basic"
                                 << "institution-identity"
                                 << "safe-private"
                                 << "dicom-basic+uids+institution-identity";
    }
    void textIsRead() {
        QFETCH(QString, text);
        QFETCH(QString, name);
        QFETCH(QString, has);
        QFETCH(QString, hasNot);
        QFETCH(QString, shortest);
        const auto policy = decide::policyFromText(text.toStdString());
        QVERIFY(policy);
        QCOMPARE(policy->name, name.toStdString());
        QVERIFY(has.isEmpty() || policy->has(has.toStdString()));
        QVERIFY(!policy->has(hasNot.toStdString()));
        QCOMPARE(decide::toText(*policy), shortest.toStdString());
        QVERIFY(*decide::policyFromText(decide::toText(*policy)) == *policy);
        QVERIFY(*decide::policyFromJson(decide::toJson(*policy)) == *policy);
    }

    void wrongTextIsRefused_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"", "guideline", "guideline-2025", "guideline-2024+", "guideline-2024+unknown",
              "guideline-2024+uidsx", "dicom-basic uids", "dicom-basic+-uids"}) {
            QTest::addRow("'%s'", text) << text;
        }
    }
    void wrongTextIsRefused() {
        QFETCH(QString, text);
        QCOMPARE(decide::policyFromText(text.toStdString()).error().code, ErrorCode::InvalidArgument);
    }

    void jsonIsRead_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("error"); // empty: fine
        QTest::newRow("name alone") << R"({"name":"dicom-basic"})"
                                    << "";
        QTest::newRow("override") << R"({"name":"dicom-basic","overrides":{"r":{"action":"delete"}}})"
                                  << "";
        QTest::newRow("override to keep, with reason")
            << R"({"name":"dicom-basic","overrides":{"r":{"action":"keep","reason":"public"}}})"
            << "";
        QTest::newRow("override to keep, without reason")
            << R"({"name":"dicom-basic","overrides":{"r":{"action":"keep","reason":" "}}})"
            << "reason-required";
        QTest::newRow("unknown action") << R"({"name":"dicom-basic","overrides":{"r":{"action":"x"}}})"
                                        << "invalid-argument";
        QTest::newRow("unknown option") << R"({"name":"dicom-basic","options":["x"]})"
                                        << "invalid-argument";
        QTest::newRow("dates both ways")
            << R"({"name":"dicom-basic","options":["full-dates","modified-dates"]})"
            << "invalid-argument";
        QTest::newRow("unknown name") << R"({"name":"x"})"
                                      << "invalid-argument";
        QTest::newRow("no name") << R"({})"
                                 << "malformed";
        QTest::newRow("no JSON") << "{"
                                 << "malformed";
        QTest::newRow("wrong types") << R"({"name":1,"options":7})"
                                     << "malformed";
        QTest::newRow("overrides no object") << R"({"name":"dicom-basic","overrides":[1]})"
                                             << "malformed";
    }
    void jsonIsRead() {
        QFETCH(QString, json);
        QFETCH(QString, error);
        const auto policy = decide::policyFromJson(json.toStdString());
        const std::string word(policy ? "" : base::errorWord(policy.error().code));
        QCOMPARE(word, error.toStdString());
    }

    void argumentMayBeAFile() {
        QTemporaryDir folder;
        const std::string path = (folder.path() + "/policy.json").toStdString();
        std::ofstream(path) << R"({"name":"dicom-basic","options":["uids"]})";
        QCOMPARE(decide::toText(*decide::policyFromArgument(path)), std::string("dicom-basic+uids"));
        QCOMPARE(decide::policyFromArgument(path + "x").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(decide::policyFromArgument("guideline-2024")->name, std::string("guideline-2024"));
    }

    void everyPolicyNamesItsSource() {
        for (const auto& info : decide::policies()) {
            QVERIFY(!info.source.empty() && !info.edition.empty());
            QVERIFY(decide::policyFromText(info.name));
        }
        QCOMPARE(static_cast<int>(decide::policies().size()), 3);
        QCOMPARE(static_cast<int>(decide::options().size()), 12);
    }
};

QTEST_GUILESS_MAIN(TestPolicies)
#include "TestPolicies.moc"
