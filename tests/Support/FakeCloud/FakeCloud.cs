using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cascade.Support;

/// <summary>
/// A scripted OpenStack with state, on a loopback port: Keystone, Nova, Placement, Glance, Neutron and Cinder behind one address. A test
/// hosts it; the product, in the same process or another, talks to it over HTTP. Every state can be read and set at any time.
/// </summary>
public sealed partial class FakeCloud : IAsyncDisposable
{
    private readonly FakeCloudOptions options;
    private readonly List<FakeRequest> requests = [];
    private readonly List<FaultRule> rules = [];
    private readonly WebApplication app;
    private int arrivals;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeCloud(FakeCloudOptions options)
    {
        this.options = options;
        Time = options.Time ?? TimeProvider.System;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = null;
            server.Limits.MinRequestBodyDataRate = null;
            server.Limits.MinResponseDataRate = null;
            server.Listen(IPAddress.Loopback, 0, endpoint =>
            {
                if (options.Certificate is { } certificate)
                {
                    endpoint.UseHttps(certificate);
                }
            });
        });
        app = builder.Build();
        app.Run(HandleAsync);
        Keystone = new FakeKeystone(this);
        Neutron = new FakeNeutron(this);
        Nova = new FakeNova(this);
        Placement = new FakePlacement(this);
        Glance = new FakeGlance(this);
        Cinder = new FakeCinder(this);
    }

    public static async Task<FakeCloud> StartAsync(FakeCloudOptions? options = null)
    {
        var cloud = new FakeCloud(options ?? new FakeCloudOptions());
        await cloud.app.StartAsync();
        var address = cloud.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        cloud.Root = address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).TrimEnd('/');
        return cloud;
    }

    /// <summary>Scheme, host and port.</summary>
    public string Root { get; private set; } = "";

    public int Port => new Uri(Root).Port;

    public Uri AuthUrl => new(Root + "/identity/v3");

    public FakeKeystone Keystone { get; }

    public FakeNova Nova { get; }

    public FakePlacement Placement { get; }

    public FakeGlance Glance { get; }

    public FakeNeutron Neutron { get; }

    public FakeCinder Cinder { get; }

    public TimeProvider Time { get; }

    /// <summary>Added to <see cref="Time"/>: a child whose clock is wrong.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>Is awaited for every request before it is done; a test may end the asker here and let its request take effect all the same.</summary>
    public Func<FakeRequest, Task>? Arriving { get; set; }

    /// <summary>While true every connection is cut before anything is done.</summary>
    public bool Unreachable { get; set; }

    /// <summary>Everything that arrived, in order of arrival.</summary>
    public IReadOnlyList<FakeRequest> Requests
    {
        get
        {
            lock (Gate)
            {
                return [.. requests];
            }
        }
    }

    internal FakeCloudOptions Options => options;

    internal Lock Gate { get; } = new();

    internal DateTimeOffset Now => Time.GetUtcNow() + Skew;

    /// <summary>How often this was asked; the path is a pattern as in <see cref="On"/>.</summary>
    public int Count(string method, string pattern) => Matching(method, pattern).Count;

    public IReadOnlyList<FakeRequest> Matching(string method, string pattern)
    {
        var probe = new FaultRule(method, pattern).Fail(int.MaxValue, 500);
        lock (Gate)
        {
            return [.. requests.Where(request => probe.Takes(request.Method, request.Path))];
        }
    }

    /// <summary>Something goes wrong with these requests.</summary>
    /// <param name="method">Or <c>*</c>.</param>
    /// <param name="pattern">Path below the service's root; <c>*</c> is one segment, <c>**</c> is anything.</param>
    public FaultRule On(string method, string pattern)
    {
        var rule = new FaultRule(method, pattern);
        lock (Gate)
        {
            rules.Add(rule);
        }

        return rule;
    }

    /// <summary>Nothing goes wrong any more; what was held goes on.</summary>
    public void Heal()
    {
        lock (Gate)
        {
            rules.ForEach(rule => rule.End());
            rules.Clear();
            Unreachable = false;
        }
    }

    public void ForgetRequests()
    {
        lock (Gate)
        {
            requests.Clear();
        }
    }

    /// <summary>Ends when the condition holds; it is asked after every request and every change.</summary>
    /// <exception cref="TimeoutException">It did not come to hold in time; names what was asked last.</exception>
    public async Task UntilAsync(Func<FakeCloud, bool> condition, TimeSpan? patience = null)
    {
        var limit = patience ?? TimeSpan.FromSeconds(20);
        using var stop = new CancellationTokenSource(limit, TimeProvider.System);
        while (true)
        {
            Task next;
            lock (Gate)
            {
                next = changed.Task;
            }

            if (condition(this))
            {
                return;
            }

            try
            {
                // States that come by the passing of time alone raise no change: look again now and then.
                using var look = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
                await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, look.Token));
                await look.CancelAsync();
                stop.Token.ThrowIfCancellationRequested();
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"not within {limit}; the last requests were {string.Join("; ", Requests.TakeLast(8))}", late);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Heal();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    internal void Touched()
    {
        lock (Gate)
        {
            changed.TrySetResult();
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    internal T Locked<T>(Func<T> work)
    {
        T result;
        lock (Gate)
        {
            Cinder.Advance();
            Nova.Advance();
            Neutron.Advance();
            result = work();
        }

        Touched();
        return result;
    }

    internal void Locked(Action work) => Locked(() =>
    {
        work();
        return true;
    });
}
