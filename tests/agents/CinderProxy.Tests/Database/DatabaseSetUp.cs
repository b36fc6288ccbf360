using CinderProxy.Tests.Database.Servers;

namespace CinderProxy.Tests.Database;

[SetUpFixture]
sealed class DatabaseSetUp
{
    [OneTimeTearDown]
    public Task End() => DatabaseServers.EndAsync();
}
