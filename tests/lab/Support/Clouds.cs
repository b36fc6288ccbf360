using System.Collections.Concurrent;

namespace Cascade.Lab.Support;

/// <summary>
/// The clouds that stand now. A Zed parent serves a Zed and an Epoxy child at once; an Epoxy parent takes the place of the Zed one,
/// because a machine of this size holds three clouds.
/// </summary>
static class Clouds
{
    static readonly List<AgentProcess> Agents = [];
    static readonly SemaphoreSlim Changing = new(1);
    static readonly ConcurrentDictionary<string, SemaphoreSlim> Taken = new();
    static string? standing;
    static int users;

    public static void Served(AgentProcess agent)
    {
        lock (Agents)
        {
            Agents.Add(agent);
        }
    }

    public static async Task StopAgentsAsync()
    {
        foreach (var agent in Agents)
        {
            await agent.StopAsync();
        }

        Agents.Clear();
    }

    /// <summary>Brings up what the pair needs, if it is not up, and gives the child's name, which is the caller's alone until he gives it back.</summary>
    public static async Task<string> PairAsync(string parentRelease, string childRelease)
    {
        var child = (parentRelease, childRelease) switch
        {
            ("zed", "zed") => "c1",
            ("zed", "epoxy") => "c2",
            _ => "c3",
        };
        await Taken.GetOrAdd(child, _ => new(1)).WaitAsync();
        try
        {
            while (!await StandsAsync(parentRelease))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
            }
        }
        catch
        {
            // The next one waits for it.
            Taken[child].Release();
            throw;
        }

        return child;
    }

    public static void GiveBack(string child)
    {
        Interlocked.Decrement(ref users);
        Taken[child].Release();
    }

    /// <summary>
    /// The parent becomes one of the next release when nobody else uses it. Who comes afterwards finds another one than he asked for, and has it brought up anew.
    /// </summary>
    public static async Task UpgradeAsync()
    {
        while (!await AloneAsync(async () =>
        {
            standing = "upgraded";
            await TestContext.Progress.WriteLineAsync(await Shell.LabAsync("upgrade"));
        }))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
        }
    }

    static async Task<bool> AloneAsync(Func<Task> change)
    {
        await Changing.WaitAsync();
        try
        {
            if (Volatile.Read(ref users) > 1)
            {
                return false;
            }

            await change();
            return true;
        }
        finally
        {
            Changing.Release();
        }
    }

    /// <summary>Whether that parent stands: the other one is given up when nobody uses it any more.</summary>
    static async Task<bool> StandsAsync(string parentRelease)
    {
        await Changing.WaitAsync();
        try
        {
            if (standing != parentRelease && Volatile.Read(ref users) > 0)
            {
                return false;
            }

            await BringUpAsync(parentRelease);
            Interlocked.Increment(ref users);
            return true;
        }
        finally
        {
            Changing.Release();
        }
    }

    static async Task BringUpAsync(string parentRelease)
    {
        // Once in a run: a fixture of the other child may just have stopped what "up" asks.
        if (standing == parentRelease)
        {
            return;
        }

        // What a run that was cut off has left behind is dead or of another release.
        if (standing is not null || Environment.GetEnvironmentVariable("CI") is not null)
        {
            await StopAgentsAsync();
            await Shell.LabAsync("down");
        }

        string[] wanted = parentRelease == "zed"
            ? ["--parent", "zed", "--child", "c1=zed", "--child", "c2=epoxy"]
            : ["--parent", parentRelease, "--child", "c3=zed"];
        await TestContext.Progress.WriteLineAsync(await Shell.LabAsync("up", wanted));
        standing = parentRelease;
    }
}
