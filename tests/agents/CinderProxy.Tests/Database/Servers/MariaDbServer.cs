using System.Data.Common;
using Cascade.CinderProxy.Parent.Database;
using MySqlConnector;

namespace CinderProxy.Tests.Database.Servers;

sealed class MariaDbServer : IDatabaseServer
{
    const string Daemon = "/usr/sbin/mariadbd";
    const string Installer = "/usr/bin/mariadb-install-db";

    readonly ServerProcess _process;
    readonly int _port;

    MariaDbServer(ServerProcess process, int port) => (_process, _port) = (process, port);

    public static string? Missing => File.Exists(Daemon) && File.Exists(Installer) ? null : "MariaDB is not installed: run tests/packages (mariadb-server)";

    public DatabaseKind Kind => DatabaseKind.MySql;

    public string SessionSql => "SELECT CONNECTION_ID() AS value";

    public static async Task<IDatabaseServer> StartAsync()
    {
        var directory = ServerProcess.NewDirectory("mariadb");
        var data = Path.Combine(directory, "data");
        await ServerProcess.RunAsync(
            Installer, "--no-defaults", $"--datadir={data}", $"--user={Environment.UserName}", "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve");
        var port = ServerProcess.FreePort();
        var process = ServerProcess.Start(
            directory, "ready for connections", "KILL", Daemon, "--no-defaults", $"--datadir={data}", $"--user={Environment.UserName}", $"--port={port}", "--bind-address=127.0.0.1",
            $"--socket={Path.Combine(directory, "s")}", $"--pid-file={Path.Combine(directory, "pid")}", "--innodb-buffer-pool-size=32M", "--innodb-flush-log-at-trx-commit=0",
            "--skip-name-resolve", "--innodb-lock-wait-timeout=5");
        await process.ReadyAsync();
        return new MariaDbServer(process, port);
    }

    public async Task CreateAsync(string database)
    {
        await using var connection = await AdministerAsync("mysql");
        // cinder's collation in every guide of its installation: it knows no case.
        await connection.RunAsync($"CREATE DATABASE `{database}` CHARACTER SET utf8 COLLATE utf8_general_ci");
        await connection.RunAsync($"CREATE USER '{database}'@'127.0.0.1' IDENTIFIED BY 'p@ss:w/rd?#%'");
    }

    public async Task<DbConnection> AdministerAsync(string database)
    {
        var connection = new MySqlConnection($"Server=127.0.0.1;Port={_port};User ID=root;Database={database};Pooling=false;SslMode=None");
        await connection.OpenAsync();
        return connection;
    }

    public string Url(string database) => $"mysql+pymysql://{database}:{Uri.EscapeDataString("p@ss:w/rd?#%")}@127.0.0.1:{_port}/{database}?charset=utf8";

    public IEnumerable<string> GrantsFor(string database) => Grants.MySql(database, $"'{database}'@'127.0.0.1'");

    public async Task KillAsync(string session)
    {
        await using var connection = await AdministerAsync("mysql");
        await connection.RunAsync($"KILL {session}");
        while (await connection.ScalarAsync($"SELECT COUNT(*) FROM information_schema.processlist WHERE id={session}") != "0")
        {
        }
    }

    public async Task ReadOnlyAsync(string database, bool on)
    {
        await using var connection = await AdministerAsync("mysql");
        await connection.RunAsync($"SET GLOBAL read_only={(on ? 1 : 0)}");
    }

    public async Task LockOutAsync(string database, bool on)
    {
        await using var connection = await AdministerAsync("mysql");
        await connection.RunAsync($"ALTER USER '{database}'@'127.0.0.1' IDENTIFIED BY '{(on ? "another" : "p@ss:w/rd?#%")}'");
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
