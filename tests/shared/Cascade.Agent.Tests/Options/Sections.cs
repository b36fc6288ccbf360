using Cascade.OpenStack;
using Cascade.Oslo.Config;
using Cascade.Oslo.Messaging.Rabbit;

namespace Cascade.Agent.Tests.Options;

sealed class Sections
{
    const string Cloud = "[child]\nauth_url = https://k:5000/v3\nusername = u\npassword = p\nuser_domain_name = D\nproject_name = service\nproject_domain_id = d\n";

    static (T Value, OptionReader Reader) Read<T>(string text, Func<OptionReader, T> read)
    {
        using var file = new ConfigFile(text);
        var reader = new OptionReader(OsloConfiguration.Read([ConfigPath.File(file.Path)], []));
        return (read(reader), reader);
    }

    static CloudOptions Child(OptionReader reader) => CloudSection.Read(reader, "child", "The child.", "compute", "block-storage");

    [Test]
    public void A_cloud_is_read_in_the_words_of_keystoneauth()
    {
        var (cloud, reader) = Read(Cloud + "region_name = R\nvalid_interfaces = public\ntimeout = 20\ncompute_endpoint_override = http://n:8774/v2.1\nblock_storage_endpoint_override = http://c:8776/v3\n", Child);

        Assert.That(reader.Faults, Is.Empty);
        Assert.That((cloud.Name, cloud.AuthUrl.Host, cloud.Username, cloud.Password, cloud.UserDomainName, cloud.ProjectName, cloud.ProjectDomainId, cloud.RegionName),
            Is.EqualTo(("child", "k", "u", "p", "D", "service", "d", "R")));
        Assert.That(cloud.ValidInterfaces, Is.EqualTo(new[] { "public" }));
        Assert.That(cloud.EndpointOverrides["block-storage"].Port, Is.EqualTo(8776));
        Assert.That(cloud.Timeouts["compute"].Attempt, Is.EqualTo(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void A_section_for_one_service_has_one_override()
    {
        var (cloud, _) = Read(Cloud + "endpoint_override = http://g:9292\n", r => CloudSection.Read(r, "child", "Images.", "image"));

        Assert.That(cloud.EndpointOverrides["image"].Port, Is.EqualTo(9292));
    }

    [Test]
    public void An_application_credential_needs_no_user()
    {
        var (cloud, reader) = Read("[child]\nauth_type = v3applicationcredential\nauth_url = http://k/\napplication_credential_id = i\napplication_credential_secret = s\n", Child);

        Assert.That(reader.Faults, Is.Empty);
        Assert.That((cloud.ApplicationCredentialId, cloud.ApplicationCredentialSecret, cloud.Username), Is.EqualTo(("i", "s", (string?)null)));
    }

    [TestCase("insecure = true", "cafile", TestName = "TLS that is not verified")]
    [TestCase("cafile = /nowhere.pem", "no such file", TestName = "An authority that is not there")]
    [TestCase("auth_type = token", "one of password", TestName = "A way to log in that we have not")]
    [TestCase("auth_url = k:5000", "http", TestName = "A Keystone that is no URL")]
    [TestCase("auth_type = v3applicationcredential", "application_credential_secret is required", TestName = "Half a credential")]
    [TestCase("timeout = soon", "integer", TestName = "A time-out that is no number")]
    public void A_bad_cloud_is_refused(string line, string words)
    {
        var (_, reader) = Read(Cloud + line, Child);

        Assert.That(reader.Faults.Select(f => f.ToString()), Has.Some.Contains(words));
        Assert.That(reader.Faults.Select(f => f.Message), Has.All.Contains("[child]"));
    }

    static RabbitOptions Rabbit(OptionReader reader) => RabbitSection.Read(reader, AgentOptions.Read(reader, "nova"), "nova-proxy");

    [Test]
    public void The_bus_is_what_the_parents_services_have()
    {
        var (bus, reader) = Read(
            "[DEFAULT]\ntransport_url = rabbit://u:p%40@h1:1,u2:p2@h2//v\nrpc_response_timeout = 90\n[oslo_messaging_rabbit]\nrabbit_quorum_queue = yes\n"
            + "rabbit_quroum_max_memory_length = 5\nrabbit_transient_queues_ttl = 60\nkombu_failover_strategy = shuffle\nkombu_compression = gzip\nssl = on\nheartbeat_timeout_threshold = 0\nrabbit_login_method = EXTERNAL\n",
            Rabbit);

        Assert.That(reader.Faults, Is.Empty);
        Assert.That(bus.Hosts, Is.EqualTo(new[] { new RabbitHost("h1", 1, "u", "p@"), new RabbitHost("h2", 5672, "u2", "p2") }));
        Assert.That(bus.VirtualHost, Is.EqualTo("/v"));
        Assert.That((bus.ControlExchange, bus.RpcResponseTimeout, bus.RabbitQuorumQueue, bus.RabbitQuorumMaxMemoryLength), Is.EqualTo(("nova", TimeSpan.FromSeconds(90), true, 5)));
        Assert.That((bus.RabbitTransientQueuesTtl, bus.KombuFailoverStrategy, bus.KombuCompression, bus.HeartbeatTimeoutThreshold, bus.RabbitLoginMethod, bus.Tls.Enabled, bus.Tls.Verify),
            Is.EqualTo((TimeSpan.FromSeconds(60), FailoverStrategy.Shuffle, BodyCompressionKind.Gzip, TimeSpan.Zero, LoginMethod.External, true, true)));
        Assert.That(bus.ProcessName, Is.EqualTo("nova-proxy"));
    }

    [Test]
    public void Without_a_word_the_defaults_are_oslos()
    {
        var (bus, reader) = Read("[DEFAULT]\ntransport_url = rabbit://\n", Rabbit);

        Assert.That(reader.Faults, Is.Empty);
        Assert.That(bus with { HostName = "", Hosts = [] }, Is.EqualTo(new RabbitOptions { ControlExchange = "nova", ProcessName = "nova-proxy", HostName = "", Hosts = [] }));
        Assert.That(bus.Hosts, Is.EqualTo(new[] { new RabbitHost("localhost") }));
    }

    [TestCase("rabbit_stream_fanout = true", "rabbit_qos_prefetch_count", TestName = "Streams without a prefetch")]
    [TestCase("rabbit_quorum_queue = true\namqp_auto_delete = true", "exclude", TestName = "An auto-delete quorum queue")]
    [TestCase("rabbit_quorum_queue = true\nrabbit_ha_queues = true", "exclude", TestName = "A mirrored quorum queue")]
    [TestCase("kombu_failover_strategy = best", "round-robin", TestName = "A strategy nobody has")]
    [TestCase("ssl = true\nssl_ca_file = /nowhere.pem", "no such file", TestName = "An authority that is not there")]
    [TestCase("rabbit_qos_prefetch_count = 70000", "65535", TestName = "A prefetch the protocol cannot say")]
    public void What_the_broker_would_refuse_is_refused_at_start(string lines, string words)
    {
        var (_, reader) = Read("[DEFAULT]\ntransport_url = rabbit://\n[oslo_messaging_rabbit]\n" + lines, Rabbit);

        Assert.That(reader.Faults.Select(f => f.ToString()), Has.Some.Contains(words));
    }

    [Test]
    public void Notifications_go_nowhere_without_a_driver_and_their_faults_are_told()
    {
        Assert.That(Read("", NotificationSection.Read).Value.Drivers, Is.Empty);
        var (section, reader) = Read("[oslo_messaging_notifications]\ndriver = messagingv2\ndriver = pigeon\ntopics = a,b\ntransport_url = rabbit://n\n", NotificationSection.Read);

        Assert.That(section.Drivers, Is.EqualTo(new[] { "messagingv2", "pigeon" }));
        Assert.That(section.Topics, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(section.TransportUrl!.Hosts[0].HostName, Is.EqualTo("n"));
        Assert.That(reader.Faults.Single().Message, Does.Contain("pigeon"));
    }

    [TestCase("127.0.0.1:0", null, TestName = "Port 0 is off"), TestCase("127.0.0.1:8", "127.0.0.1:8", TestName = "IPv4"), TestCase("[::1]:8", "[::1]:8", TestName = "IPv6")]
    public void The_ops_port_is_an_address_and_a_port(string text, string? expected) =>
        Assert.That(Read($"[cascade]\nops_listen = {text}", OpsOptions.Read).Value.Listen?.ToString(), Is.EqualTo(expected));

    [TestCase("8980", TestName = "A port alone"), TestCase("localhost:8980", TestName = "A name"), TestCase("127.0.0.1", TestName = "An address alone"), TestCase("::1", TestName = "IPv6 without brackets")]
    public void A_bad_ops_port_is_refused(string text) =>
        Assert.That(Read($"[cascade]\nops_listen = {text}", OpsOptions.Read).Reader.Faults.Single().Message, Does.Contain("ops_listen"));
}
