using System.Data.Common;
using Cascade.CinderProxy.Parent.Database;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CinderProxy.Tests.Database.Servers;

/// <summary>One database with cinder's tables, its administrator, and the agent's own way in: as a user with our GRANTs and nothing else.</summary>
sealed class TestDatabase : IAsyncDisposable
{
    public const string Host = "cproxy@child1";
    public const string Pool = "cproxy@child1#az1";
    public const string TypeId = "7060d74d-e2a3-4080-bfc8-12baa2bbe59b";

    static int made;

    readonly Dialect _dialect;
    int _rows;

    TestDatabase(IDatabaseServer server, string name, DbConnection admin) =>
        (Server, Name, Admin, _dialect, Cinder) = (server, name, admin, Dialect.Of(server.Kind), null!);

    public IDatabaseServer Server { get; }

    public string Name { get; }

    public DbConnection Admin { get; }

    public PromptClock Clock { get; } = new(new(2026, 11, 22, 16, 5, 53, TimeSpan.Zero));

    public CinderDatabase Cinder { get; private set; }

    /// <summary>The id of our row of services.</summary>
    public int ServiceId { get; private set; }

    public string ServiceUuid { get; } = Guid.NewGuid().ToString();

    public static async Task<TestDatabase> MakeAsync(DatabaseKind kind, string release)
    {
        var server = await DatabaseServers.GetAsync(kind);
        var name = $"cinder{Interlocked.Increment(ref made)}";
        await server.CreateAsync(name);
        var database = new TestDatabase(server, name, await server.AdministerAsync(name));
        await Schema.MakeAsync(database.Admin, kind, release);
        foreach (var grant in server.GrantsFor(name))
        {
            await database.Admin.RunAsync(grant);
        }

        database.Cinder = database.Open();
        await database.InsertAsync("volume_types", ("id", TypeId), ("name", "Gold"));
        await database.InsertAsync("volume_type_extra_specs", ("id", 1), ("volume_type_id", TypeId), ("key", "cascade:child_type"), ("value", "gold"));
        await database.WorkAsync(async work =>
        {
            await work.Services.InsertAsync(database.ServiceUuid, Host, "az1", "3.18", "1.39");
            database.ServiceId = (await work.Services.GetAsync(Host))!.Id;
        });
        return database;
    }

    /// <summary>Another agent's way in, with pools of its own.</summary>
    public CinderDatabase Open(ILogger<CinderDatabase>? log = null, DatabaseOptions? options = null, string? url = null) =>
        new(CinderConnection.Parse(url ?? Server.Url(Name)), options ?? new(), Clock, log ?? NullLogger<CinderDatabase>.Instance);

    public Task WorkAsync(Func<CinderWork, Task> work) => DoneAsync(async one =>
    {
        await work(one);
        return true;
    });

    public Task<T> DoneAsync<T>(Func<CinderWork, Task<T>> work) => Cinder.InTransactionAsync(work, CancellationToken.None);

    public Task<T> ReadAsync<T>(Func<CinderWork, Task<T>> work) => Cinder.ReadAsync(work, CancellationToken.None);

    /// <summary>A row as cinder-api would leave it; deleted is false where it is not given.</summary>
    public Task InsertAsync(string table, params (string Column, object? Value)[] values)
    {
        if (!values.Any(value => value.Column == "deleted") && table != "alembic_version")
        {
            values = [.. values, ("deleted", false)];
        }

        var columns = string.Join(", ", values.Select(value => $"\"{value.Column}\""));
        return SqlAsync($"INSERT INTO \"{table}\" ({columns}) VALUES ({string.Join(", ", values.Select(value => Literal(value.Value)))})");
    }

    public async Task<string> VolumeAsync(string status = "available", string? host = Pool, params (string Column, object? Value)[] more)
    {
        var id = Guid.NewGuid().ToString();
        await InsertAsync(
            "volumes",
            [
                ("id", id), ("status", status), ("host", host), ("size", 5), ("project_id", "p1"), ("user_id", "u1"), ("attach_status", "detached"), ("volume_type_id", TypeId),
                ("bootable", false), ("multiattach", false), ("use_quota", true), ("updated_at", "2026-01-01 00:00:00"), .. more,
            ]);
        return id;
    }

    public async Task<string> SnapshotAsync(string volumeId, string status = "creating", params (string Column, object? Value)[] more)
    {
        var id = Guid.NewGuid().ToString();
        await InsertAsync(
            "snapshots",
            [("id", id), ("volume_id", volumeId), ("status", status), ("volume_size", 5), ("project_id", "p1"), ("volume_type_id", TypeId), ("use_quota", true), .. more]);
        return id;
    }

    public async Task<string> AttachmentAsync(string volumeId, string status = "reserved")
    {
        var id = Guid.NewGuid().ToString();
        await InsertAsync("volume_attachment", ("id", id), ("volume_id", volumeId), ("attach_status", status), ("instance_uuid", Guid.NewGuid().ToString()));
        return id;
    }

    public Task WorkerAsync(string type, string id, string status) =>
        InsertAsync("workers", ("id", ++_rows), ("resource_type", type), ("resource_id", id), ("status", status), ("race_preventer", 0));

    public async Task<int> UsageAsync(string project, string resource, int inUse, int reserved = 0)
    {
        await InsertAsync("quota_usages", ("id", ++_rows), ("project_id", project), ("resource", resource), ("in_use", inUse), ("reserved", reserved), ("race_preventer", true));
        return _rows;
    }

    public async Task<string> ReservationAsync(int usage, string resource, int delta)
    {
        var uuid = Guid.NewGuid().ToString();
        await InsertAsync("reservations", ("id", ++_rows), ("uuid", uuid), ("usage_id", usage), ("project_id", "p1"), ("resource", resource), ("delta", delta));
        return uuid;
    }

    /// <summary>One value of one row, whether it is deleted or not.</summary>
    public Task<string?> ValueAsync(string table, string column, string where) =>
        Admin.ScalarAsync(_dialect.Render(new("look", $"SELECT \"{column}\" FROM \"{table}\" WHERE {where}")));

    public Task SqlAsync(string sql) => Admin.RunAsync(_dialect.Render(new("seed", sql)));

    public async ValueTask DisposeAsync() => await Admin.DisposeAsync();

    static string Literal(object? value) => value switch
    {
        null => "NULL",
        bool flag => flag ? "TRUE" : "FALSE",
        int number => $"{number}",
        _ => $"'{value}'",
    };
}
