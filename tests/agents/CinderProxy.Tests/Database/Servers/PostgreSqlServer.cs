using System.Data.Common;
using Cascade.CinderProxy.Parent.Database;
using Npgsql;

namespace CinderProxy.Tests.Database.Servers;

sealed class PostgreSqlServer : IDatabaseServer
{
    readonly ServerProcess _process;
    readonly int _port;

    PostgreSqlServer(ServerProcess process, int port) => (_process, _port) = (process, port);

    public static string? Missing => Binaries is not null ? null : "PostgreSQL is not installed: run tests/packages (postgresql)";

    public DatabaseKind Kind => DatabaseKind.PostgreSql;

    public string SessionSql => "SELECT pg_backend_pid() AS value";

    static string? Binaries => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
        : null;

    // The server refuses to run as root.
    static string[] AsNobody => Environment.UserName == "root" ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];

    public static async Task<IDatabaseServer> StartAsync()
    {
        var directory = ServerProcess.NewDirectory("postgresql");
        if (AsNobody.Length > 0)
        {
            await ServerProcess.RunAsync("chown", "nobody:nogroup", directory);
        }

        var data = Path.Combine(directory, "data");
        await ServerProcess.RunAsync([.. AsNobody, Path.Combine(Binaries!, "initdb"), "-D", data, "-U", "root", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        var port = ServerProcess.FreePort();
        var process = ServerProcess.Start(
            directory, "ready to accept connections", "QUIT",
            [
                .. AsNobody, Path.Combine(Binaries!, "postgres"), "-D", data, "-p", $"{port}", "-k", directory, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off",
                "-c", "deadlock_timeout=50ms", "-c", "shared_buffers=16MB",
            ]);
        await process.ReadyAsync();
        return new PostgreSqlServer(process, port);
    }

    public async Task CreateAsync(string database)
    {
        await using var connection = await AdministerAsync("postgres");
        await connection.RunAsync($"CREATE USER \"{database}\" PASSWORD 'p@ss:w/rd?#%'");
        await connection.RunAsync($"CREATE DATABASE \"{database}\"");
    }

    public async Task<DbConnection> AdministerAsync(string database)
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port};Username=root;Database={database};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public string Url(string database) => $"postgresql+psycopg2://{database}:{Uri.EscapeDataString("p@ss:w/rd?#%")}@127.0.0.1:{_port}/{database}";

    public IEnumerable<string> GrantsFor(string database) => Grants.PostgreSql($"\"{database}\"");

    public async Task KillAsync(string session)
    {
        await using var connection = await AdministerAsync("postgres");
        await connection.RunAsync($"SELECT pg_terminate_backend({session})");
        while (await connection.ScalarAsync($"SELECT COUNT(*) FROM pg_stat_activity WHERE pid={session}") != "0")
        {
        }
    }

    public async Task ReadOnlyAsync(string database, bool on)
    {
        await using var connection = await AdministerAsync("postgres");
        await connection.RunAsync($"ALTER DATABASE \"{database}\" SET default_transaction_read_only={(on ? "on" : "off")}");
    }

    public async Task LockOutAsync(string database, bool on)
    {
        await using var connection = await AdministerAsync("postgres");
        await connection.RunAsync($"ALTER ROLE \"{database}\" {(on ? "NOLOGIN" : "LOGIN")}");
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
