package normalize

import "strings"

// isThirdParty reports whether a host, or a path on it, serves no application of its own, but tags, widgets,
// payments, analytics and libraries to those of others. The hosts are among those of third-party-web
// (github.com/patrickhulce/third-party-web, data/entities.js); what [NotInApp] names is added to them.
// Rest is the URL behind its scheme and colon.
func isThirdParty(host, rest string) bool {
	for domain := host; thirdPartyEnds[endOf(host)]; {
		if thirdParties[domain] {
			return true
		}
		_, parent, more := strings.Cut(domain, ".")
		if !more {
			break
		}
		domain = parent
	}
	switch host { // hosts that serve other things too
	case "storage.googleapis.com":
		return strings.HasPrefix(rest, "//storage.googleapis.com/workbox-cdn/")
	case "www.google.com", "www.recaptcha.net", "www.google.co.uk", "www.google.de":
		return strings.Contains(rest, "/recaptcha/") || strings.Contains(rest, "/pagead/") || strings.Contains(rest, "/adsense/")
	case "www.youtube.com":
		return strings.Contains(rest, "/iframe_api") || strings.Contains(rest, "/s/player/") || strings.Contains(rest, "/s/_/")
	case "www.redditstatic.com":
		return strings.Contains(rest, "/ads/")
	case "maps.google.com", "maps.gstatic.com", "apis.google.com", "accounts.google.com", "ssl.gstatic.com", "www.gstatic.com":
		return true
	}
	return false
}

// thirdParties are domains with all below them.
var thirdParties = setOf(`
googletagmanager.com google-analytics.com googleadservices.com googlesyndication.com doubleclick.net googletagservices.com ampproject.org imasdk.googleapis.com maps.googleapis.com ajax.googleapis.com translate.googleapis.com translate.google.com pay.google.com optimize.google.com adservice.google.com fundingchoicesmessages.google.com
connect.facebook.net facebook.net fbcdn.net platform.twitter.com static.ads-twitter.com analytics.twitter.com syndication.twitter.com snap.licdn.com platform.linkedin.com px.ads.linkedin.com analytics.tiktok.com sc-static.net ct.pinterest.com s.pinimg.com assets.pinterest.com platform.instagram.com widgets.pinterest.com vk.com mc.yandex.ru yastatic.net an.yandex.ru hm.baidu.com hmcdn.baidu.com cpro.baidustatic.com s.cnzz.com res.wx.qq.com
js.stripe.com m.stripe.network checkout.stripe.com js.braintreegateway.com paypal.com paypalobjects.com checkout.razorpay.com klarna.com klarnaservices.com js.squareup.com squarecdn.com js.adyen.com checkoutshopper-live.adyen.com js.mollie.com afterpay.com sezzle.com static-na.payments-amazon.com js.recurly.com js.chargebee.com cdn.paddle.com js.verygoodvault.com cdn.plaid.com
hotjar.com hotjar.io clarity.ms bat.bing.com mouseflow.com fullstory.com logrocket.com logrocket.io cdn.lr-ingest.io cdn.lr-in.com cdn.logrocket.io luckyorange.com crazyegg.com inspectlet.com smartlook.com contentsquare.net quantummetric.com sessioncam.com heapanalytics.com heap.io mixpanel.com mxpnl.com amplitude.com segment.com segment.io rudderlabs.com pendo.io posthog.com plausible.io matomo.cloud usefathom.com simpleanalyticscdn.com umami.is static.cloudflareinsights.com cdn.cxense.com chartbeat.com parsely.com piano.io tinypass.com statcounter.com histats.com quantserve.com scorecardresearch.com comscore.com kissmetrics.com woopra.com gosquared.com clicky.com getclicky.com
optimizely.com abtasty.com visualwebsiteoptimizer.com vwo.com dynamicyield.com convertexperiments.com launchdarkly.com split.io kameleoon.eu monetate.net
bkrtx.com bluekai.com criteo.com criteo.net taboola.com outbrain.com adnxs.com amazon-adsystem.com adsrvr.org rubiconproject.com pubmatic.com openx.net casalemedia.com teads.tv moatads.com adsafeprotected.com doubleverify.com serving-sys.com adform.net adroll.com rlcdn.com demdex.net everesttech.net omtrdc.net adobedtm.com adobedc.net tiqcdn.com tealiumiq.com ensighten.com krxd.net sharethrough.com smartadserver.com yieldmo.com mediavine.com mediavine.net ezoic.net ezojs.com adthrive.com raptive.com googleoptimize.com mgid.com propellerads.com popads.net zemanta.com media.net sharethis.com addthis.com addtoany.com revcontent.com
intercom.io intercomcdn.com drift.com driftt.com crisp.chat tawk.to zdassets.com zendesk.com zopim.com livechatinc.com olark.com helpscout.net freshchat.com freshworks.com gorgias.chat userlike.com smartsupp.com tidio.co tidiochat.com jivosite.com hs-scripts.com hs-analytics.net hsforms.net hscollectedforms.net usemessages.com hubspot.com hs-banner.com hsadspixel.net hubapi.com pardot.com marketo.net marketo.com mktoresp.com typeform.com qualtrics.com surveymonkey.com calendly.com getbeamer.com userpilot.io appcues.com walkme.com whatfix.com chameleon.io useproof.com hellobar.com sumo.com optinmonster.com privy.com klaviyo.com mailchimp.com list-manage.com chimpstatic.com onesignal.com pushwoosh.com pushengage.com braze.com appboycdn.com leanplum.com iterable.com attentivemobile.com
cookielaw.org onetrust.com cookiebot.com cookiepro.com usercentrics.eu iubenda.com trustarc.com quantcast.mgr.consensu.org consensu.org didomi.io privacy-center.org sourcepoint.mgr.consensu.org osano.com termly.io cookiefirst.com
trustpilot.com yotpo.com bazaarvoice.com powerreviews.com reviews.io feefo.com judge.me stamped.io loox.io okendo.io disqus.com disquscdn.com gravatar.com gigya.com auth0.com okta.com oktacdn.com hcaptcha.com challenges.cloudflare.com recaptcha.net geetest.com arkoselabs.com funcaptcha.com datadome.co perimeterx.net px-cdn.net px-cloud.net akstat.io go-mpulse.net riskified.com forter.com signifyd.com sift.com siftscience.com kount.net
sentry-cdn.com ravenjs.com newrelic.com nr-data.net d2wy8f7a9ursnm.cloudfront.net rollbar.com trackjs.com datadoghq-browser-agent.com appdynamics.com eum-appdynamics.com dynatrace.com ruxit.com raygun.io raygun.com speedcurve.com pingdom.net boomerang.com honeybadger.io airbrake.io errorception.com instana.io bugsnag.com atatus.com
youtube-nocookie.com player.vimeo.com vimeocdn.com wistia.com wistia.net jwpcdn.com jwplayer.com jwplatform.com brightcove.com brightcove.net players.brightcove.net vjs.zencdn.net cdn.jwplayer.com soundcloud.com spotifycdn.com api.mapbox.com js.api.here.com cdn.plyr.io embedly.com cdn.embedly.com cdn.iframe.ly
cdn.tailwindcss.com bootstrapcdn.com fontawesome.com use.typekit.net typekit.net fonts.net fonts.googleapis.com polyfill.io polyfill-fastly.io cdn.datatables.net cdn.ckeditor.com cdn.tiny.cloud cdn.tinymce.com d3js.org cdn.plot.ly code.highcharts.com cdn.amcharts.com cdn.anychart.com cdn.socket.io js.pusher.com js.arcgis.com cdn.mathjax.org cdn.ampproject.org ajax.aspnetcdn.com cdn.syncfusion.com kendo.cdn.telerik.com cdn.wijmo.com sdk.amazonaws.com unpkg.com jsdelivr.net cdnjs.com cdnjs.cloudflare.com skypack.dev jspm.io esm.sh pika.dev bundle.run code.jquery.com code.angularjs.org aframe.io cdn.rawgit.com rawgit.com gitcdn.xyz lib.baomitu.com cdn.bootcss.com cdn.bootcdn.net cdn.staticfile.org upcdn.b0.upaiyun.com lf3-cdn-tos.bytecdntp.com alicdn.com g.alicdn.com bdimg.share.baidu.com libs.baidu.com
cdn.shopifycloud.com monorail-edge.shopifysvc.com cdn.judge.me boldapps.net rechargecdn.com algolia.net algolianet.com searchspring.net klevu.com nosto.com constructor.io barilliance.net
`)

// thirdPartyEnds are the ends of these domains. Few hosts have one, so most need no second look.
var thirdPartyEnds = func() map[string]bool {
	ends := make(map[string]bool)
	for domain := range thirdParties {
		ends[endOf(domain)] = true
	}
	return ends
}()

// endOf returns the last two labels of a domain.
func endOf(domain string) string {
	last := strings.LastIndexByte(domain, '.')
	if last < 0 {
		return domain
	}
	return domain[strings.LastIndexByte(domain[:last], '.')+1:]
}

// setOf returns the words of a text as a set.
func setOf(text string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}
