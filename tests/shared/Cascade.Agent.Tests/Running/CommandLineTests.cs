using Cascade.Agent.Events;
using Cascade.Agent.Verbs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cascade.Agent.Tests.Running;

sealed class CommandLineTests
{
    static async Task<(int Code, string Out, string Error)> RunAsync(string config, string[] args, Action<AgentBuilder>? build = null)
    {
        using var file = new ConfigFile(config);
        var agent = Host.CreateEmptyApplicationBuilder(null).AddAgent("cascade-trial", ["--config-file", file.Path, .. args]);
        build?.Invoke(agent);
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (await agent.RunAsync(output, error), output.ToString(), error.ToString());
    }

    sealed class Never : IHostedService
    {
        public Never() => Assert.Fail("nothing may be built with a bad configuration");

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [TestCase("", TestName = "In the foreground"), TestCase("upgrade check", TestName = "For a verb that needs the agent")]
    public async Task All_faults_are_said_at_once_and_nothing_is_built(string words)
    {
        var (code, _, error) = await RunAsync(
            "[DEFAULT]\nreport_interval = often\nbroken\n[oslo_messaging_rabbit]\nssl = perhaps\n[cascade]\nops_listen = x\n", words.Split(' ', StringSplitOptions.RemoveEmptyEntries), agent => agent.Services.AddHostedService<Never>());

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("5 fault(s)").And.Contain(":2: [DEFAULT] report_interval").And.Contain(":3: ").And.Contain("transport_url is required")
            .And.Contain(":5: [oslo_messaging_rabbit] ssl").And.Contain("ops_listen"));
    }

    [Test]
    public void A_verb_that_the_agent_has_is_not_added_again()
    {
        using var file = new ConfigFile("");
        var agent = Host.CreateEmptyApplicationBuilder(null).AddAgent("cascade-trial", ["--config-file", file.Path]);
        agent.AddVerb("mirror count", "counts", (_, _) => Task.FromResult(0));

        Assert.That(() => agent.AddVerb("mirror count", "counts", (_, _) => Task.FromResult(0)), Throws.ArgumentException.With.Message.Contains("\"mirror count\""));
    }

    [Test]
    public async Task Validate_tells_faults_and_warnings_and_succeeds_without_faults()
    {
        var (code, output, _) = await RunAsync(ConfigFile.Minimal + "opps_listen = 1\n", ["config", "validate"]);
        Assert.That((code, output), Is.EqualTo((0, output)));
        Assert.That(output, Does.Contain("warning:").And.Contain("is ops_listen meant?").And.Contain("0 fault(s), 1 warning(s)").And.Not.Contain("s3cr3t"));

        (code, output, _) = await RunAsync("[DEFAULT]\n", ["config", "validate"]);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("fault: [DEFAULT] transport_url is required"));
    }

    [Test]
    public async Task A_sample_needs_no_configuration_and_knows_the_options_of_the_agent()
    {
        var (code, output, _) = await RunAsync("", ["config", "sample"], agent => agent.Options(r => r.Group("trial", "Ours.").Text("word", "w", "A word.")!));

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("[trial]\n").And.Contain("#word = w\n").And.Contain("#transport_url = rabbit://").And.Contain("[oslo_messaging_rabbit]").And.Contain("#ops_listen = 127.0.0.1:8980"));
    }

    [Test]
    public async Task A_verb_of_the_agent_gets_its_services_and_what_follows_its_words()
    {
        var (code, output, _) = await RunAsync(ConfigFile.Minimal, ["mirror", "list", "a", "b", "-f", "json"], agent => agent.AddVerb("mirror list", "Lists.", async (verb, _) =>
        {
            await verb.Out.WriteAsync($"{verb.Services.GetRequiredService<AgentOptions>().Host} {string.Join(',', verb.Arguments)} {verb.Json}");
            return 7;
        }));

        Assert.That((code, output), Is.EqualTo((7, "az-east a,b True")));
    }

    [TestCase(UpgradeCheckCode.Success, UpgradeCheckCode.Success, 0), TestCase(UpgradeCheckCode.Success, UpgradeCheckCode.Warning, 1), TestCase(UpgradeCheckCode.Failure, UpgradeCheckCode.Warning, 2)]
    public async Task Upgrade_check_ends_with_the_worst_answer(UpgradeCheckCode first, UpgradeCheckCode second, int expected)
    {
        var (code, output, _) = await RunAsync(ConfigFile.Minimal, ["upgrade", "check"], agent => agent
            .AddUpgradeCheck("One", (_, _) => Task.FromResult(new UpgradeCheckResult(first)))
            .AddUpgradeCheck("Two", (_, _) => Task.FromResult(new UpgradeCheckResult(second, "do this"))));

        Assert.That(code, Is.EqualTo(expected));
        Assert.That(output, Does.Contain("| Upgrade Check Results |").And.Contain("| Check: Two            |").And.Contain("| Details: do this      |"));
        Assert.That(output, Does.Contain($"| Result: {first}").And.Contains($"| Result: {second}"));
    }

    [Test]
    public async Task A_check_that_fails_to_answer_is_255_and_hides_no_other()
    {
        var (code, output, error) = await RunAsync(ConfigFile.Minimal, ["upgrade", "check"], agent => agent
            .AddUpgradeCheck("One", (_, _) => throw new InvalidOperationException("no child"))
            .AddUpgradeCheck("Two", (_, _) => Task.FromResult(new UpgradeCheckResult(UpgradeCheckCode.Failure, "do this"))));

        Assert.That((code, error), Is.EqualTo((255, $"One: no child{Environment.NewLine}")));
        Assert.That(output, Does.Contain("| Check: Two ").And.Contain("| Details: do this "));
    }

    [TestCase("--bogus"), TestCase("nonsense")]
    public async Task An_unknown_word_is_an_error(string word)
    {
        var (code, _, error) = await RunAsync(ConfigFile.Minimal, [word]);

        Assert.That(code, Is.Not.Zero);
        Assert.That(error, Does.Contain(word));
    }

    [Test]
    public async Task Status_says_that_nobody_answers()
    {
        var (code, _, error) = await RunAsync(ConfigFile.Minimal.Replace(":0", ":1", StringComparison.Ordinal), ["status"]);

        Assert.That(code, Is.EqualTo(255));
        Assert.That(error, Does.Contain("127.0.0.1:1"));
    }

    [TestCase(new[] { "--config-file", "b", "--config-dir=d", "--config-file=c" }, new[] { "b", "d/", "c" }, TestName = "In the order of the command line")]
    [TestCase(new[] { "status", "--config-file", "b" }, new[] { "b" }, TestName = "After a verb too")]
    [TestCase(new string[0], new string[0], TestName = "Without any, none that does not exist")]
    public void Files_are_read_in_the_order_they_are_named(string[] args, string[] expected) =>
        Assert.That(ConfigPaths.Of(args, "trial", "/nowhere").Select(p => p.Path + (p.IsDirectory ? "/" : "")), Is.EqualTo(expected));

    [Test]
    public void The_usual_files_are_read_when_none_is_named()
    {
        using var file = new ConfigFile("");
        foreach (var name in new[] { "cascade.conf", "trial.conf", "other.conf" })
            File.WriteAllText(Path.Combine(file.Root, name), "");
        Directory.CreateDirectory(Path.Combine(file.Root, "trial.conf.d"));

        Assert.That(ConfigPaths.Of([], "trial", file.Root).Select(p => Path.GetFileName(p.Path)), Is.EqualTo(new[] { "cascade.conf", "trial.conf", "trial.conf.d" }));
        Assert.That(ConfigPaths.Of(["--config-file", "x"], "trial", file.Root).Select(p => Path.GetFileName(p.Path)), Is.EqualTo(new[] { "trial.conf.d", "x" }));
    }

    [Test]
    public async Task The_permissions_of_its_user_are_written_for_a_shell_for_each_virtual_host()
    {
        var (code, output, _) = await RunAsync(
            "[DEFAULT]\nhost = az1\ntransport_url = rabbit://cascade:s3cr3t@127.0.0.1/\n[cascade]\nevents_url = rabbit://e:s3cr3t@127.0.0.1/it's\n"
                + "[oslo_messaging_notifications]\ndriver = messagingv2\ntopics = usage.all\n",
            ["broker", "permissions"],
            agent => agent.AddEvents().AddBrokerPermissions(@"trial\..*"));

        Assert.That(code, Is.Zero);
        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo([
            @"rabbitmqctl set_permissions -p '/' 'cascade' '^(openstack|trial\..*|usage\.all\..*|cascade\..*|reply_.*)$' '^(openstack|amq\.default|trial\..*|usage\.all\..*|cascade\..*|reply_.*)$' '^(openstack|trial\..*|usage\.all\..*|cascade\..*|reply_.*)$'",
            @"rabbitmqctl set_permissions -p 'it'\''s' 'e' '.*' '.*' '.*'",
        ]));
    }

    [TestCase("", TestName = "nothing is sent")]
    [TestCase("driver = messagingv2\ntransport_url = rabbit://n:s3cr3t@127.0.0.2/n", TestName = "a bus of their own")]
    public async Task Notifications_need_no_permission_where_they_are_not_sent(string notifications)
    {
        var (_, output, _) = await RunAsync(
            $"[DEFAULT]\ntransport_url = rabbit://127.0.0.1/v\n[oslo_messaging_notifications]\n{notifications}\n", ["broker", "permissions", "somebody"], agent => agent.AddBrokerPermissions("trial"));

        Assert.That(output, Does.StartWith("rabbitmqctl set_permissions -p 'v' 'somebody' '^(openstack|trial|cascade").And.Not.Contain("notifications"));
    }
}
