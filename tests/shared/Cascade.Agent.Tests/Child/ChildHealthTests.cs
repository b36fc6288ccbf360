using Cascade.Agent.Child;
using Cascade.OpenStack;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.Agent.Tests.Child;

[TestFixture]
public sealed class ChildHealthTests
{
    readonly FakeTimeProvider clock = new();
    readonly Cloud cloud = new(new() { Name = "child", AuthUrl = new("http://127.0.0.1:9/v3"), Username = "cascade", Password = "x", ProjectName = "service", RegionName = "RegionOne" });
    Probe probe = null!;
    ChildHealth health = null!;

    [SetUp]
    public void Begin()
    {
        probe = new();
        health = new(new(cloud), [probe], new(), clock, NullLogger<ChildHealth>.Instance);
    }

    [TearDown]
    public void End() => health.Dispose();

    [OneTimeTearDown]
    public void Close() => cloud.Dispose();

    [Test]
    public async Task Many_whose_requests_failed_at_once_hear_of_one_silence_although_the_child_is_back_by_then()
    {
        var asking = Enumerable.Range(0, 40).Select(_ => health.CheckAsync(CancellationToken.None)).ToList();
        Assert.That(probe.Looks, Is.EqualTo(1), "the others wait for that one");

        probe.Answer(silent: true);
        var heard = await Task.WhenAll(asking);

        Assert.That(heard, Is.All.False);
        Assert.That(probe.Looks, Is.EqualTo(1));
        Assert.That(health.Answers, Is.False);
    }

    [Test]
    public async Task A_silence_of_before_a_request_says_nothing_of_it()
    {
        var first = health.CheckAsync(CancellationToken.None);
        probe.Answer(silent: true);
        Assert.That(await first, Is.False);

        clock.Advance(TimeSpan.FromSeconds(1));
        var second = health.CheckAsync(CancellationToken.None);
        probe.Answer(silent: false);

        Assert.That(await second, Is.True);
        Assert.That(health.Answers, Is.True);
    }

    sealed class Probe : IChildProbe
    {
        TaskCompletionSource answer = new();

        public int Looks { get; private set; }

        public void Answer(bool silent)
        {
            var given = answer;
            answer = new();
            if (silent)
            {
                given.SetException(new CloudFault(FaultKind.Unavailable, "no route"));
            }
            else
            {
                given.SetResult();
            }
        }

        public Task LookAsync(CancellationToken cancelled)
        {
            Looks++;
            return answer.Task;
        }
    }
}
