using Cascade.CinderProxy.Parent.Database;

namespace CinderProxy.Tests.Database.Servers;

/// <summary>Tests of one database of one server and release; each makes rows of its own.</summary>
abstract class OnEveryServer(DatabaseKind kind, string release)
{
    protected DatabaseKind Kind { get; } = kind;

    protected string Release { get; } = release;

    protected TestDatabase Database { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Make() => Database = await TestDatabase.MakeAsync(Kind, Release);

    [OneTimeTearDown]
    public async Task Unmake()
    {
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }
    }
}
