using Cascade.NovaProxy.Servers.Resize;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>
/// The process ends before any one of the calls that it makes to the parent, and another life comes: the message comes again if it was not let go of, everything
/// else is in the row (D2).
/// </summary>
public sealed class ResizeCutTests
{
    [TestCase("resize", "resized/-/1", "finished", 1, 2, 1, 20)]
    [TestCase("confirm", "active/-/1", "confirmed", null, 2, 2, 8)]
    [TestCase("revert", "active/-/1", "reverted", null, 1, 2, 14)]
    public async Task Cut_at_every_step_it_ends_as_if_it_was_not(string what, string state, string status, int? migration, int instance, int orders, int steps)
    {
        var step = 1;
        while (await CutAsync(what, step, async (world, vm, resize) =>
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(world.State(vm.Uuid), Is.EqualTo(state), $"step {step}");
                Assert.That((resize.Status, resize.Held), Is.EqualTo((status, (migration, (int?)instance))), $"step {step}");
                Assert.That(world.Child.Nova.Find(vm.Link!)!.Actions, Has.Count.EqualTo(orders), $"step {step}: nothing was ordered twice");
                Assert.That(world.Row(vm.Uuid)["old_flavor"], what == "resize" ? Is.Not.Null : Is.Null, $"step {step}");
                Assert.That(world.Row(vm.Uuid)["system_metadata"]!["old_vm_state"]?.ToString(), Is.EqualTo(what == "resize" ? "active" : null), $"step {step}");
            }

            await Task.CompletedTask;
        }))
        {
            step++;
        }

        Assert.That(step, Is.GreaterThan(steps), "it has more steps than that");
    }

    /// <returns>False when it ended before the step came.</returns>
    static async Task<bool> CutAsync(string what, int step, Func<World, Wanted, Resizing, Task> look)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await World.StartAsync(time: time);
        var vm = new Wanted(world);
        await vm.ActiveAsync();
        var resize = new Resizing(world, vm);
        if (what != "resize")
        {
            await resize.ResizedAsync();
        }

        var calls = 0;
        world.Caller.TimesOut = (_, _) => ++calls >= step;
        var letGo = await SurvivesAsync(() => what switch { "resize" => resize.PrepareAsync(), "confirm" => resize.ConfirmAsync(), _ => resize.RevertAsync() });
        if (letGo)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await SurvivesAsync(world.LookAsync);
        }

        world.Caller.TimesOut = null;
        await world.RebornAsync();
        if (!letGo)
        {
            await resize.AgainAsync();
        }

        await world.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await world.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        await world.LookAsync();
        await world.Of<ResizeKeeper>().PassAsync(default);
        await world.Of<ResizeKeeper>().PassAsync(default);
        await look(world, vm, resize);
        return calls >= step;
    }

    static async Task<bool> SurvivesAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (RpcTimeoutException)
        {
            return false;
        }
    }
}
