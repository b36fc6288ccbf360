using Cascade.CinderProxy.Parent.Database;
using CinderProxy.Tests.Database.Servers;

namespace CinderProxy.Tests.Database;

sealed class SchemaCheckTests
{
    [TestCase(DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.MySql)]
    [TestCase(DatabaseKind.PostgreSql)]
    public async Task All_that_is_missing_is_said_at_once_and_an_unknown_head_is_a_warning(object kind)
    {
        await using var database = await TestDatabase.MakeAsync((DatabaseKind)kind, "2026.1");
        await database.SqlAsync("ALTER TABLE volumes DROP COLUMN shared_targets");
        await database.SqlAsync("DROP TABLE messages");
        await database.SqlAsync("UPDATE alembic_version SET version_num='abcdef'");

        var report = await SchemaCheck.LookAsync(database.Cinder, CancellationToken.None);

        Assert.That(report.Missing, Is.EqualTo(["messages", "volumes.shared_targets"]));
        Assert.That(report.Refusal, Does.Contain("messages, volumes.shared_targets").And.Contain("cinder-manage db sync"));
        Assert.That(report.Warning, Does.Contain("abcdef").And.Contain("9c74c1c6971f"));
    }

    [TestCase(DatabaseKind.MySql)]
    [TestCase(DatabaseKind.PostgreSql)]
    public async Task What_is_not_granted_is_missing(object kind)
    {
        await using var database = await TestDatabase.MakeAsync((DatabaseKind)kind, "zed");
        await database.SqlAsync((DatabaseKind)kind == DatabaseKind.MySql
            ? $"REVOKE SELECT ON {database.Name}.quotas FROM '{database.Name}'@'127.0.0.1'"
            : $"REVOKE ALL ON quotas FROM {database.Name}");

        Assert.That((await SchemaCheck.LookAsync(database.Cinder, CancellationToken.None)).Missing, Is.EqualTo(["quotas"]));
    }
}
