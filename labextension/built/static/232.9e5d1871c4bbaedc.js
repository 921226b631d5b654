"use strict";(self.rspackChunkmlpm_magics=self.rspackChunkmlpm_magics||[]).push([[232],{20(e,o,r){var t=r(21),n=r.n(t),a=r(22),i=(r.n(a))()(n());i.push([e.id,`.mlpm-Panel {
  background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
  min-width: 220px;
  overflow-y: auto;
}

.mlpm-Board {
  font-size: var(--jp-ui-font-size1);
  line-height: 1.45;
  overflow-wrap: anywhere;
  padding: 8px 12px 24px;
}

.mlpm-Board h2 {
  font-size: var(--jp-ui-font-size2);
  margin: 4px 0 8px;
}

.mlpm-Section {
  border-top: var(--jp-border-width) solid var(--jp-border-color2);
  margin-top: 12px;
  padding-top: 6px;
}

.mlpm-Section summary {
  cursor: pointer;
  padding: 2px 0;
}

.mlpm-Board h3 {
  display: inline;
  font-size: var(--jp-ui-font-size1);
  margin: 0;
}

.mlpm-Board p {
  margin: 6px 0;
}

.mlpm-Board ul,
.mlpm-Board ol {
  list-style: none;
  margin: 0;
  padding: 0;
}

.mlpm-Notebook,
.mlpm-Why {
  color: var(--jp-ui-font-color2);
}

.mlpm-Hidden {
  clip-path: inset(50%);
  height: 1px;
  margin: 0;
  overflow: hidden;
  position: absolute;
  white-space: nowrap;
  width: 1px;
}

.mlpm-Stepper {
  display: flex;
  flex-wrap: wrap;
  gap: 4px;
}

.mlpm-Step {
  border: var(--jp-border-width) solid var(--jp-border-color1);
  border-radius: 10px;
  padding: 1px 8px;
}

/* the fills are those of the pictures in a result: white reads on each, on any theme */
.mlpm-Step.mlpm-mod-now {
  background: #2f6fae;
  border-color: #2f6fae;
  color: #fff;
  font-weight: 600;
}

.mlpm-Step.mlpm-mod-done {
  background: #2b7d4f;
  border-color: #2b7d4f;
  color: #fff;
}

.mlpm-Verdicts li,
.mlpm-Points > li,
.mlpm-Trouble {
  display: flex;
  gap: 8px;
  margin: 4px 0;
}

.mlpm-Points > li > div {
  flex: 1;
  min-width: 0;
}

.mlpm-Sign {
  background: #686d75;
  border-radius: 3px;
  color: #fff;
  flex: none;
  font-size: 11px;
  font-weight: 700;
  height: 16px;
  line-height: 16px;
  margin-top: 2px;
  text-align: center;
  width: 16px;
}

.mlpm-Sign.mlpm-mod-good {
  background: #2b7d4f;
}

.mlpm-Sign.mlpm-mod-caution {
  background: #96620f;
}

.mlpm-Sign.mlpm-mod-bad {
  background: #c93f3f;
}

.mlpm-Sign.mlpm-mod-plain {
  background: #2f6fae;
}

.mlpm-Tasks label {
  align-items: flex-start;
  cursor: pointer;
  display: flex;
  gap: 6px;
  padding: 2px 0;
}

.mlpm-Tasks input {
  flex: none;
  margin: 3px 0 0;
}

.mlpm-Line {
  background: var(--jp-layout-color2);
  border: var(--jp-border-width) solid var(--jp-border-color1);
  border-radius: var(--jp-border-radius);
  color: var(--jp-ui-font-color1);
  cursor: pointer;
  margin: 4px 0;
  max-width: 100%;
  padding: 4px 8px;
  text-align: left;
}

.mlpm-Board code {
  font-family: var(--jp-code-font-family);
  font-size: var(--jp-code-font-size);
  white-space: pre-wrap;
}

.mlpm-Points code {
  background: var(--jp-layout-color2);
}

.mlpm-Line:hover {
  background: var(--jp-layout-color3);
}

.mlpm-Topic {
  background: none;
  border: none;
  color: var(--jp-ui-font-color2);
  cursor: pointer;
  font: inherit;
  overflow-wrap: anywhere;
  padding: 0;
  text-align: left;
  text-decoration: underline;
}

.mlpm-Topic:hover {
  color: var(--jp-ui-font-color1);
}

.mlpm-Line:focus-visible,
.mlpm-Topic:focus-visible,
.mlpm-Section summary:focus-visible,
.mlpm-Board input:focus-visible,
.mlpm-Status button:focus-visible {
  outline: 2px solid var(--jp-brand-color1);
  outline-offset: 1px;
}

.mlpm-Status {
  display: flex;
}

.mlpm-Status button {
  background: none;
  border: none;
  color: inherit;
  cursor: pointer;
  font: inherit;
  line-height: var(--jp-statusbar-height, 24px);
  max-width: 40vw;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.mlpm-Board .jp-mod-styled {
  display: block;
  height: auto;
  letter-spacing: normal;
  line-height: 1.4;
  margin: 6px 0;
  max-width: 100%;
  padding: 6px 12px;
  text-align: left;
}

.mlpm-Form {
  display: flex;
  flex-direction: column;
  gap: 10px;
  min-width: min(32em, 100%);
}

.mlpm-Form label > span {
  display: block;
  margin-bottom: 2px;
}

.mlpm-Form input,
.mlpm-Form select {
  box-sizing: border-box;
  width: 100%;
}

.mlpm-Form select {
  appearance: auto;
}

.mlpm-Form p {
  margin: 0;
}
`,""]),r.d(o,{},{A:i})},22(e){e.exports=function(e){var o=[];return o.toString=function(){return this.map(function(o){var r="",t=void 0!==o[5];return o[4]&&(r+="@supports (".concat(o[4],") {")),o[2]&&(r+="@media ".concat(o[2]," {")),t&&(r+="@layer".concat(o[5].length>0?" ".concat(o[5]):""," {")),r+=e(o),t&&(r+="}"),o[2]&&(r+="}"),o[4]&&(r+="}"),r}).join("")},o.i=function(e,r,t,n,a){"string"==typeof e&&(e=[[null,e,void 0]]);var i={};if(t)for(var p=0;p<this.length;p++){var l=this[p][0];null!=l&&(i[l]=!0)}for(var m=0;m<e.length;m++){var s=[].concat(e[m]);t&&i[s[0]]||(void 0!==a&&(void 0===s[5]||(s[1]="@layer".concat(s[5].length>0?" ".concat(s[5]):""," {").concat(s[1],"}")),s[5]=a),r&&(s[2]&&(s[1]="@media ".concat(s[2]," {").concat(s[1],"}")),s[2]=r),n&&(s[4]?(s[1]="@supports (".concat(s[4],") {").concat(s[1],"}"),s[4]=n):s[4]="".concat(n)),o.push(s))}},o}},21(e){e.exports=function(e){return e[1]}},14(e){var o=[];function r(e){for(var r=-1,t=0;t<o.length;t++)if(o[t].identifier===e){r=t;break}return r}function t(e,t){for(var n={},a=[],i=0;i<e.length;i++){var p=e[i],l=t.base?p[0]+t.base:p[0],m=n[l]||0,s="".concat(l," ").concat(m);n[l]=m+1;var c=r(s),d={css:p[1],media:p[2],sourceMap:p[3],supports:p[4],layer:p[5]};if(-1!==c)o[c].references++,o[c].updater(d);else{var u=function(e,o){var r=o.domAPI(o);return r.update(e),function(o){o?(o.css!==e.css||o.media!==e.media||o.sourceMap!==e.sourceMap||o.supports!==e.supports||o.layer!==e.layer)&&r.update(e=o):r.remove()}}(d,t);t.byIndex=i,o.splice(i,0,{identifier:s,updater:u,references:1})}a.push(s)}return a}e.exports=function(e,n){var a=t(e=e||[],n=n||{});return function(e){e=e||[];for(var i=0;i<a.length;i++){var p=r(a[i]);o[p].references--}for(var l=t(e,n),m=0;m<a.length;m++){var s=r(a[m]);0===o[s].references&&(o[s].updater(),o.splice(s,1))}a=l}}},16(e){var o={};e.exports=function(e,r){var t=function(e){if(void 0===o[e]){var r=document.querySelector(e);if(window.HTMLIFrameElement&&r instanceof window.HTMLIFrameElement)try{r=r.contentDocument.head}catch(e){r=null}o[e]=r}return o[e]}(e);if(!t)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");t.appendChild(r)}},18(e){e.exports=function(e){var o=document.createElement("style");return e.setAttributes(o,e.attributes),e.insert(o,e.options),o}},17(e,o,r){e.exports=function(e){var o=r.nc;o&&e.setAttribute("nonce",o)}},15(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var o=e.insertStyleElement(e);return{update:function(r){var t,n,a;t="",r.supports&&(t+="@supports (".concat(r.supports,") {")),r.media&&(t+="@media ".concat(r.media," {")),(n=void 0!==r.layer)&&(t+="@layer".concat(r.layer.length>0?" ".concat(r.layer):""," {")),t+=r.css,n&&(t+="}"),r.media&&(t+="}"),r.supports&&(t+="}"),(a=r.sourceMap)&&"u">typeof btoa&&(t+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(a))))," */")),e.styleTagTransform(t,o,e.options)},remove:function(){var e;null===(e=o).parentNode||e.parentNode.removeChild(e)}}}},19(e){e.exports=function(e,o){if(o.styleSheet)o.styleSheet.cssText=e;else{for(;o.firstChild;)o.removeChild(o.firstChild);o.appendChild(document.createTextNode(e))}}},13(e,o,r){var t=r(14),n=r.n(t),a=r(15),i=r.n(a),p=r(16),l=r.n(p),m=r(17),s=r.n(m),c=r(18),d=r.n(c),u=r(19),f=r.n(u),h=r(20),g={};g.styleTagTransform=f(),g.setAttributes=s(),g.insert=l().bind(null,"head"),g.domAPI=i(),g.insertStyleElement=d(),n()(h.A,g),h.A&&h.A.locals&&h.A.locals}}]);