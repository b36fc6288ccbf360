using Cascade.CinderProxy;
using Cascade.Mirror.Reaping;
using Microsoft.Extensions.Logging.Abstractions;

namespace CinderProxy.Tests.Support;

/// <summary>What is not wanted goes in its time.</summary>
static class Orphans
{
    /// <summary>Lets a reaper pass until all that it may take is old enough.</summary>
    /// <returns>The child ids that went.</returns>
    public static async Task<IReadOnlyList<string>> ReapAsync<TSeen>(World world, IReaped<TSeen> reaped)
        where TSeen : class
    {
        var reaper = new Reaper<TSeen>("orphans", reaped, world.Of<CinderProxyOptions>().ReaperGrace, world.Time, NullLogger.Instance);
        Assert.That(await reaper.PassAsync(default), Is.Empty, "listed first");
        world.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.That(await reaper.PassAsync(default), Is.Empty, "20 minutes are not 30");
        world.Time.Advance(TimeSpan.FromMinutes(20));
        return await reaper.PassAsync(default);
    }
}
