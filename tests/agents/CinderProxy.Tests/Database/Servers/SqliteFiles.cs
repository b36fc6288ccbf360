using System.Data.Common;
using Cascade.CinderProxy.Parent.Database;
using Microsoft.Data.Sqlite;

namespace CinderProxy.Tests.Database.Servers;

/// <summary>No server: a file per database, whose user may do everything.</summary>
sealed class SqliteFiles : IDatabaseServer
{
    readonly string _directory = ServerProcess.NewDirectory("sqlite");

    public DatabaseKind Kind => DatabaseKind.Sqlite;

    public string SessionSql => throw new NotSupportedException();

    public Task CreateAsync(string database) => File.WriteAllBytesAsync(PathOf(database), []);

    public async Task<DbConnection> AdministerAsync(string database)
    {
        var connection = new SqliteConnection($"Data Source={PathOf(database)};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public string Url(string database) => $"sqlite:///{PathOf(database)}?timeout=1";

    public IEnumerable<string> GrantsFor(string database) => [];

    public Task KillAsync(string session) => throw new NotSupportedException();

    public Task ReadOnlyAsync(string database, bool on) => throw new NotSupportedException();

    public Task LockOutAsync(string database, bool on) => throw new NotSupportedException();

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    string PathOf(string database) => Path.Combine(_directory, $"{database}.sqlite");
}
