using DotNet.Testcontainers.Builders;

namespace Cascade.Containers;

/// <summary>Cinder-Proxy in its image against the databases in theirs.</summary>
sealed class Databases
{
    public static string Section(string scheme, string host) => $"""
        [database]
        connection = {scheme}://cinder:{Setting.Password}@{host}/cinder

        """;

    [TestCase("mysql+pymysql")]
    [TestCase("postgresql")]
    [CancelAfter(180_000)]
    public async Task The_start_is_refused_where_the_database_is_not_cinders(string scheme, CancellationToken cancelled)
    {
        await using var setting = await Setting.WithBrokerAsync(cancelled);
        await setting.StartAsync(scheme == "postgresql" ? PostgreSql : MariaDb, "db", cancelled);
        var agent = await setting.StartAsync(setting.Agent("cinder-proxy", Configuration.Of("cinder-proxy", Section(scheme, "db"))), "agent", cancelled);

        var code = await agent.GetExitCodeAsync(cancelled);
        var said = await agent.GetLogsAsync(timestampsEnabled: false, ct: cancelled);

        Assert.That(code, Is.Not.Zero);
        Assert.That(said.Stdout + said.Stderr, Does.Contain("volumes").And.Not.Contain(Setting.Password));
    }

    static ContainerBuilder MariaDb => new ContainerBuilder(Engine.MariaDb)
        .WithEnvironment("MARIADB_DATABASE", "cinder").WithEnvironment("MARIADB_USER", "cinder").WithEnvironment("MARIADB_PASSWORD", Setting.Password)
        .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("ready for connections"));

    static ContainerBuilder PostgreSql => new ContainerBuilder(Engine.PostgreSql)
        .WithEnvironment("POSTGRES_DB", "cinder").WithEnvironment("POSTGRES_USER", "cinder").WithEnvironment("POSTGRES_PASSWORD", Setting.Password)
        .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("ready to accept connections"));
}
