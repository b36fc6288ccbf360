using Cascade.Agent.Serving;

namespace Cascade.Agent.Tests.Serving;

sealed class OwnThreadTests
{
    [Test]
    public async Task What_comes_after_an_await_runs_on_the_same_thread_and_on_no_other_s()
    {
        var threads = new HashSet<(int Id, string? Name, bool Pool)>();
        await OwnThread.RunAsync("beats", async () =>
        {
            for (var beat = 0; beat < 20; beat++)
            {
                threads.Add((Environment.CurrentManagedThreadId, Thread.CurrentThread.Name, Thread.CurrentThread.IsThreadPoolThread));
                await Task.Run(() => { });
            }
        });

        Assert.That(threads, Has.Count.EqualTo(1));
        Assert.That((threads.Single().Name, threads.Single().Pool), Is.EqualTo(("beats", false)));
    }

    [Test]
    public void What_it_throws_comes_out() =>
        Assert.ThrowsAsync<InvalidOperationException>(() => OwnThread.RunAsync("beats", () => throw new InvalidOperationException("stop")));

    [Test]
    public async Task What_it_leaves_behind_goes_on_after_it()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = Task.CompletedTask;
        await OwnThread.RunAsync("beats", () =>
        {
            left = LaterAsync();
            return Task.CompletedTask;
        });
        go.SetResult();
        await left.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

        async Task LaterAsync()
        {
            await go.Task;
            await Task.Yield();
        }
    }
}
