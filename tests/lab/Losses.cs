using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>What loses data elsewhere: a child that is gone for a while, an agent that dies at any moment.</summary>
[Order(3), Parallelizable]
sealed class Losses() : Pairing("zed", "epoxy")
{
    [Test, Order(1)]
    public async Task A_child_that_is_cut_off_takes_its_host_down_and_what_was_asked_is_done_when_it_is_back()
    {
        await CreateAsync("cut");
        await Tenant.BecomesAsync("cut", "ACTIVE");
        await Shell.LabAsync("cut", Child);
        try
        {
            await Tenant.RunAsync("server", "stop", "cut");
            await Poll.UntilAsync("the host goes down", ServiceAsync, at => Text(at, "State") == "down");
            Assert.That(Text(await Tenant.ServerAsync("cut"), "status"), Is.EqualTo("ACTIVE"), "nothing is claimed that was not seen");
        }
        finally
        {
            await Shell.LabAsync("heal", Child);
        }

        await Poll.UntilAsync("the host comes back", ServiceAsync, at => Text(at, "State") == "up");
        await Tenant.BecomesAsync("cut", "SHUTOFF");
        await Tenant.RunAsync("server", "delete", "cut");
        await Tenant.GoneAsync("cut");
    }

    /// <summary>As many as <c>CASCADE_KILLS</c> says, four without it: each takes 18 s here. The agent's own tests have hundreds.</summary>
    [Test, Order(2)]
    public async Task Kills_at_random_moments_of_build_and_delete_leave_one_server_or_none()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("CASCADE_KILLS"), out var asked) ? asked : 4;
        var seed = Environment.TickCount;
        await TestContext.Out.WriteLineAsync($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < kills / 2; round++)
        {
            var name = $"kill-{round}";
            await CreateAsync(name);
            await KillAfterAsync(random);
            await Tenant.BecomesAsync(name, "ACTIVE");
            Assert.That(await MirrorsAsync(name), Has.Count.EqualTo(1), $"round {round}: one server in the child");
            await Tenant.RunAsync("server", "delete", name);
            await KillAfterAsync(random);
            await Tenant.GoneAsync(name);
            await Poll.UntilAsync("nothing is left in the child", () => MirrorsAsync(name), left => left.Count == 0);
        }
    }

    async Task KillAfterAsync(Random random)
    {
        // A moment somewhere in the work: the whole of it takes a few seconds.
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 4000)), TimeProvider.System, CancellationToken.None);
        await Agent.KillAsync();
        await Agent.StartAsync();
    }
}
