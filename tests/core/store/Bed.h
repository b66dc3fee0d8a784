#pragma once

#include <QTest>
#include <memory>
#include <vector>

#include "core/store/Database.h"
#include "core/store/Layout.h"
#include "core/store/Repositories.h"
#include "tests/core/store/Sample.h"

namespace kamei::sample {

/// A workspace with a database and two people with one text each.
struct Bed {
    QTemporaryDir parent;
    store::Layout layout{folderIn(parent)};
    std::unique_ptr<store::Database> database;
    base::SubjectId first;
    base::SubjectId second;
    base::AssetId firstText;
    base::AssetId secondText;
    base::AssetId nobodys;
    std::vector<model::Source> sources;

    Bed() {
        if (!store::createFolders(layout)) {
            return;
        }
        database = std::move(*store::Database::create(layout.database()));
        auto writing = *database->write();
        first = *writing->subjects.insert({{}, 0, "a|1", {"1", "a", {"山田 太郎"}, "19500102", "M"}, "S-1"});
        second = *writing->subjects.insert({{}, 0, "a|2", {"2", "a", {"佐藤 花子"}, "", ""}, "S-2"});
        firstText = *writing->assets.insert(asset(model::AssetKind::Text, "g1", first));
        secondText = *writing->assets.insert(asset(model::AssetKind::Text, "g2", second));
        nobodys = *writing->assets.insert(asset(model::AssetKind::Table, "g3"));
        for (const auto asset : {firstText, secondText, nobodys}) {
            model::Source source = sample::source(asset, "s" + std::to_string(asset.value));
            source.id = *writing->sources.insert(source);
            sources.push_back(source);
        }
        static_cast<void>(writing.commit());
    }

    void put(std::vector<model::Finding>& findings) {
        auto writing = *database->write();
        QVERIFY(writing->findings.insert(findings));
        QVERIFY(writing.commit());
    }
    store::AssetRecord record(base::AssetId id) { return **(*database->read())->assets.find(id); }
};

} // namespace kamei::sample
