using System.Diagnostics;
using Cascade.OpenStack.Compute;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

/// <summary>What must not be seen, and what must.</summary>
[TestFixture]
public sealed class SecretTests : CloudTest
{
    [Test]
    public async Task No_secret_is_in_a_log_line_a_fault_or_a_text()
    {
        var theirs = Fake.Keystone.Issue("user-1", "tenant-a", "member");
        var scope = Scope.Token(theirs.Value, withServiceToken: true);
        var wanted = new ServerCreate
        {
            Name = "a", FlavorRef = "1", Networks = ServerNetworks.None, AdminPass = "adm1n-4716", UserData = "dXNlci1kYXRhLTQ3MTc=",
        };
        var server = await Cloud.Compute.Servers.CreateAsync(Scope.Own, wanted, Now);
        await Cloud.Compute.Consoles.CreateAsync(Scope.Own, server.Id, "vnc", "novnc", Now);
        await Cloud.Compute.Flavors.GetAsync(scope, "1", Now);
        Fake.Keystone.RevokeAll();
        var faults = new[]
        {
            await FaultOfAsync(() => Cloud.Compute.Flavors.GetAsync(scope, "1", Now)),
            await FaultOfAsync(() => Client(Options with { Password = "wrong-4714" }).Identity.TokenAsync(Scope.Own, Now)),
        };
        var token = await Cloud.Identity.TokenAsync(Scope.Own, Now);

        var texts = Log.All.Select(line => line.Text)
            .Concat(faults.Select(fault => fault.ToString()))
            .Concat([Options.ToString(), scope.ToString()!, token.ToString(), wanted.ToString(), server.ToString(), (Options with { ApplicationCredentialId = "i", ApplicationCredentialSecret = "app-4718" }).ToString()]);
        var secrets = new[] { Fake.Keystone.Password, "wrong-4714", "adm1n-4716", "dXNlci1kYXRhLTQ3MTc=", "app-4718", theirs.Value, "gAAAAAB", "vnc_auto" };
        foreach (var text in texts)
        {
            foreach (var secret in secrets)
            {
                Assert.That(text, Does.Not.Contain(secret));
            }
        }

        Assert.That(Log.All, Is.Not.Empty);
    }

    [Test]
    public void Options_say_who_and_where()
    {
        var text = (Options with { AuthUrl = new("https://user:pw@keystone.example/v3?x=y") }).ToString();

        Assert.That(text, Is.EqualTo("child (https://keystone.example/v3, user cascade, project service, region RegionOne)"));
    }

    [Test]
    public async Task The_parents_request_id_goes_to_the_child_and_both_stand_in_one_line()
    {
        const string Parents = "req-0f5c1f8a-8a3c-4a0e-9e0e-3f0a3a0f0001";
        using (RequestScope.Enter(Parents))
        {
            await Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        }

        await Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now);

        var requests = Fake.Matching("GET", "/flavors/1");
        Assert.That(requests.Select(request => request.GlobalRequestId), Is.EqualTo(new[] { Parents, null }));
        Assert.That(Log.All.Any(line => line.Id.Id is 5001 && line.Text.Contains(Parents) && line.Text.Contains(requests[0].RequestId)), Is.True);
        Assert.That(RequestScope.Current, Is.Null);
    }

    [Test]
    public async Task Request_ids_of_flows_side_by_side_do_not_mix()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async at =>
        {
            using var entered = RequestScope.Enter($"req-{at}");
            await Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        }));

        Assert.That(Fake.Matching("GET", "/flavors/1").Select(request => request.GlobalRequestId), Is.Unique);
    }

    [Test]
    public async Task Each_request_is_a_span_without_its_query()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Cascade.OpenStack",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await AllAsync(Cloud.Compute.Servers.ListAsync(Scope.Own, new ServerFilter { Name = "hidden" }, Now));

        lock (spans)
        {
            var urls = spans.Select(span => (string?)span.GetTagItem("url.full")).Where(url => url?.StartsWith(Fake.Root, StringComparison.Ordinal) is true).ToList();
            Assert.That(urls, Has.Some.EndsWith("/servers/detail"));
            Assert.That(urls, Has.None.Contains("hidden"));
        }
    }
}
