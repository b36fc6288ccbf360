using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

[TestFixture]
public sealed class TlsTests : CloudTest
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("cascade-tls-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_cloud_whose_certificate_is_of_our_own_authority_is_trusted()
    {
        using var ours = Authority("ours");
        await using var fake = await FakeCloud.StartAsync(new FakeCloudOptions { Certificate = Leaf(ours, "127.0.0.1") });

        Assert.That(await Client(OptionsFor(fake) with { CaFile = FileOf(ours) }).Identity.UserIdAsync(Now), Is.EqualTo(fake.Keystone.UserId));
    }

    [TestCase("another authority")]
    [TestCase("another name")]
    [TestCase("the system's authorities")]
    public async Task A_cloud_that_somebody_else_vouches_for_is_refused_and_nothing_is_said_to_it(string why)
    {
        using var ours = Authority("ours");
        using var foreign = Authority("foreign");
        await using var fake = await FakeCloud.StartAsync(new FakeCloudOptions
        {
            Certificate = Leaf(why is "another authority" ? foreign : ours, why is "another name" ? "127.0.0.9" : "127.0.0.1"),
        });
        var client = Client(OptionsFor(fake) with { CaFile = why is "the system's authorities" ? null : FileOf(ours) });

        var fault = await FaultOfAsync(() => client.Identity.UserIdAsync(Now));

        Assert.That((fault.Kind, fault.ResultUnknown, fake.Requests.Count), Is.EqualTo((FaultKind.Unavailable, false, 0)));
        Assert.That(fault.Message, Does.Contain("SSL"));
    }

    [Test]
    public void A_ca_file_without_a_certificate_is_an_error_at_the_start()
    {
        File.WriteAllText(Path.Combine(folder, "empty.pem"), "nothing");

        Assert.That(() => new Cloud(Options with { CaFile = Path.Combine(folder, "empty.pem") }), Throws.InvalidOperationException);
    }

    private string FileOf(X509Certificate2 authority)
    {
        var path = Path.Combine(folder, "ca.pem");
        File.WriteAllText(path, authority.ExportCertificatePem());
        return path;
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(2));
    }

    private static X509Certificate2 Leaf(X509Certificate2 authority, string address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=cloud", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(
            authority, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(1), RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
